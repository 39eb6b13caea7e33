#!/bin/sh
# search.sh - a search page in a shell script, from the tab-separated values that broadsheet-searcher prints
#
# A CGI script to start from. What people type goes to the searcher as one argument behind --, so that it is never an option
# and never a command; what comes back is escaped. There is no eval, and everything is quoted. Where a file lies on the server is
# not among what is asked for. What the searcher complains of goes to standard error, the server's log.
#
# SPDX-License-Identifier: GPL-2.0-or-later
set -u
LC_ALL=C.UTF-8 PATH=/usr/local/bin:/usr/bin:/bin
export LC_ALL PATH
searcher=${BROADSHEET_SEARCHER:-broadsheet-searcher}
QUERY_STRING=${QUERY_STRING-}
seconds=${BROADSHEET_SECONDS:-10}
max=16384
max_body=65536

# The bytes of a value as it stands in a query string. Control characters, NUL among them, become blanks.
decode() {
	printf '%s' "$1" | LC_ALL=C awk '
		BEGIN { ORS = " "; for (i = 0; i < 256; i++) byte[sprintf("%02x", i)] = i < 32 || i == 127 ? " " : sprintf("%c", i) }
		{
			gsub(/\+/, " ")
			for (out = ""; (at = index($0, "%")) > 0; ) {
				hex = tolower(substr($0, at + 1, 2))
				out = out substr($0, 1, at - 1) (hex in byte ? byte[hex] : "%")
				$0 = substr($0, at + (hex in byte ? 3 : 1))
			}
			print out $0
		}'
}

# A function of awk: text as HTML, or as the value of an attribute. Control characters (C0, C1) and those that turn the direction
# of text are left out.
escape='
	function escape(text) {
		gsub(/[\001-\010\013-\037\177]|\302[\200-\237]|\342\200[\252-\256]|\342\201[\246-\251]/, "", text)
		gsub(/&/, "\\&amp;", text)
		gsub(/</, "\\&lt;", text)
		gsub(/>/, "\\&gt;", text)
		gsub(/"/, "\\&quot;", text)
		gsub(/\047/, "\\&#39;", text)
		return text
	}'

# Lines of title, date, source, address and passage as a list. In values tabs are \t, line ends \n, and backslashes \\.
list() {
	LC_ALL=C awk -F '\t' "$escape"'
		function plain(text) {
			gsub(/\\\\/, "\001", text)
			gsub(/\\[nt]/, " ", text)
			gsub(/\001/, "\\", text)
			return escape(text)
		}
		NR == 1 { next }
		{
			title = $1 == "" ? "(no headline)" : plain($1)
			# only addresses that are nothing but addresses become links
			if (tolower($4) ~ /^https?:\/\/[^ <>"\047\\]+$/)
				title = "<a href=\"" plain($4) "\">" title "</a>"
			printf "<li dir=\"auto\"><b>%s</b> %s%s%s<br>%s</li>\n", title, plain($2), $2 != "" && $3 != "" ? ", " : "", plain($3), plain($5)
		}'
}

# What is not UTF-8 is left out.
utf8() {
	iconv -c -f UTF-8 -t UTF-8 2>/dev/null || :
}

head_of_page() {
	printf 'Status: %s\n' "$1"
	cat <<-'END'
		Content-Type: text/html; charset=utf-8
		Content-Security-Policy: default-src 'none'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'
		X-Content-Type-Options: nosniff
		Referrer-Policy: no-referrer
		Cache-Control: no-store
	END
	[ "$1" != '405 Method Not Allowed' ] || echo 'Allow: GET, HEAD'
	echo
	[ "${REQUEST_METHOD:-GET}" != HEAD ] || exit 0
	cat <<-END
		<!DOCTYPE html>
		<html lang="en"><head><meta charset="utf-8">
		<meta name="viewport" content="width=device-width, initial-scale=1"><title>Search</title></head>
		<body><form method="get"><input name="q" aria-label="Words to look for" dir="auto" value="$shown"> <button>Search</button></form>
	END
}

foot_of_page() {
	echo '</body></html>'
	exit 0
}

refuse() {
	head_of_page "$1"
	printf '<p>%s</p>\n' "$2"
	foot_of_page
}

shown=
case ${CONTENT_LENGTH:-0} in
*[!0-9]*) refuse '400 Bad Request' 'The length of the request is no number.' ;;
???????*) length=1000000 ;;
*) length=${CONTENT_LENGTH:-0} ;;
esac
# A body that nobody takes may cost the client the answer; nobody waits for one that does not come.
[ "$length" -eq 0 ] || timeout 2 head -c "$length" >/dev/null || :
[ "$length" -le "$max_body" ] || refuse '413 Content Too Large' 'A question has no body.'

case ${REQUEST_METHOD:-GET} in
GET | HEAD) ;;
*) refuse '405 Method Not Allowed' 'Questions are asked with GET.' ;;
esac
[ "${#QUERY_STRING}" -le "$max" ] || refuse '400 Bad Request' 'The question is too long.'

# The first q=
query=
set -f
IFS='&'
for pair in $QUERY_STRING; do
	case $pair in
	q=*)
		query=$(decode "${pair#q=}" | utf8)
		break
		;;
	esac
done
unset IFS
query=${query#"${query%%[! ]*}"}
query=${query%"${query##*[! ]}"}
shown=$(printf '%s' "$query" | LC_ALL=C awk "$escape"'{ printf "%s", escape($0) }')

if [ -z "$query" ]; then
	head_of_page '200 OK'
	foot_of_page
fi

# The query is one argument: one that is a single "-" would be read from standard input, which is empty.
status=0
found=$(
	ulimit -S -t "$seconds" && exec "$searcher" --format=tsv --fields=title,published,source,url,snippet --limit=10 -- "$query" </dev/null
) || status=$?
case $status in
0)
	head_of_page '200 OK'
	echo '<ol>'
	printf '%s\n' "$found" | list
	echo '</ol>'
	foot_of_page
	;;
1)
	head_of_page '200 OK'
	echo '<p>Nothing found.</p>'
	foot_of_page
	;;
64) refuse '400 Bad Request' 'This question is too long, or too complicated.' ;;
152 | 137) refuse '400 Bad Request' "This takes more than $seconds seconds of the processor's time. Please ask for less." ;; # SIGXCPU, SIGKILL
66) refuse '503 Service Unavailable' 'There is no index at the moment.' ;;
*)
	echo "search.sh: $searcher ended with $status" >&2
	refuse '500 Internal Server Error' 'The search does not work.'
	;;
esac
