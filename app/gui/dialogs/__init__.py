"""What has to be asked for; every dialog opens without blocking and is gone when closed."""
