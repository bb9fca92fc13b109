"""What people read in a browser: pages of one file, without a server or network."""
