"""What opens files of each format. It runs in the confined child: nothing of Django's models, nothing slow."""
