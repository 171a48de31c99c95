"""What the speed goals are measured with: each as a ratio inside one run, floor and product side by side."""
