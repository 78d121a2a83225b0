"""Channels: what comes in becomes an Update, a Message goes out, and nothing else."""
