"""Yjs without Django: what its bytes mean, and the process that takes the risk of applying them."""
