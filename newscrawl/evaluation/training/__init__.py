"""Learning which blocks are body: labels from true bodies, a boosted forest, its data file."""
