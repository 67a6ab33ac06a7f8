"""How mails leave Berth."""
