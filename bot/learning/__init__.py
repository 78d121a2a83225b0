"""Learning together: rights for children, a quiz, evenings for parents. Read, checked, told."""
