"""What follows from the graph: order, roles as of a date, back-links, recommendations."""
