BLOG_TITLE = 'Elements of Nikola'
