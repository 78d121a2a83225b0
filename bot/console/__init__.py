"""The desk's pages: where workers see the queue, take cases, read, answer and close."""
