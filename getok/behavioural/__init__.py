"""Finding the behavioural set: draws, runs, judgement, and the file that keeps what passed."""
