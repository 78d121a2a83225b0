"""For those who write flows: proving them, playing them, and testing them."""
