"""Reading CSV files into Berth: resources all or nothing, reservations row by row, both any number of times."""
