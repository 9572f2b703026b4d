"""What the Makefile calls beside the site itself: the set-up, the lock, the audit."""
