"""How many durable turns a second this machine takes, beside what others do with the same talk."""
