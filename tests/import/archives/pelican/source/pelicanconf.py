SITENAME = 'Elements of Pelican'
SITEURL = 'https://old.example'
TIMEZONE = 'Europe/Paris'
