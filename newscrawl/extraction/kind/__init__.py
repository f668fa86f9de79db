"""What a page is: article, live page, index, wall, error page or something else."""
