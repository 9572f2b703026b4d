"""What other programs read: feeds, a site map, structured data. Values in, text out."""
