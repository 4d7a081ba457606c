"""The painted preview: a sheet as received, coloured by what the program took it for, put right by clicks and keys."""
