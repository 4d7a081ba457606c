"""Page values: what each page of the window shows, as frozen values; widgets only lay them out."""
