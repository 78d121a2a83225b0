"""Lantern: takes in concerns about children and guides families through children's rights."""
