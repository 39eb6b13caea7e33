# contrib/ - set-ups for cron, systemd, web servers
# SPDX-License-Identifier: GPL-2.0-or-later

dist_folders += %D%

# What README's "On your web site" copies from: the configurations of web servers, with the places of this installation filled in,
# and the scripts as they are.
webdir = $(pkgdatadir)/web
nodist_web_DATA = %D%/lighttpd/broadsheet-lighttpd.conf %D%/apache/broadsheet-apache.conf %D%/nginx/broadsheet-nginx.conf
dist_web_DATA = %D%/cgi/search.sh %D%/cgi/search.pl %D%/cgi/search.py
CLEANFILES += $(nodist_web_DATA)

fill_in = $(AM_V_GEN)$(MKDIR_P) $(@D) && sed -e 's|@libexecdir[@]|$(libexecdir)|g'

%D%/lighttpd/broadsheet-lighttpd.conf: %D%/lighttpd/broadsheet.conf.in Makefile
	$(fill_in) '$(srcdir)/%D%/lighttpd/broadsheet.conf.in' >$@
%D%/apache/broadsheet-apache.conf: %D%/apache/broadsheet.conf.in Makefile
	$(fill_in) '$(srcdir)/%D%/apache/broadsheet.conf.in' >$@
%D%/nginx/broadsheet-nginx.conf: %D%/nginx/broadsheet.conf.in Makefile
	$(fill_in) '$(srcdir)/%D%/nginx/broadsheet.conf.in' >$@
