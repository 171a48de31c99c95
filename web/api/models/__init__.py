"""What requests bring and answers hold, one module for each noun."""
