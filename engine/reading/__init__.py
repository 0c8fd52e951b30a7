"""Reading documents: what a file says, and where on which page each word of it stands."""
