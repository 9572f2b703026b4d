"""Page contexts, and how they are made from the graph."""
