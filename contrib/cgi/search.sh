#!/bin/sh
# search.sh - a search page in a shell script: the text that broadsheet-searcher prints, in <pre>
#
# A CGI script to start from. What people type goes to the searcher as one argument behind --, so that it is never an option
# and never a command; what comes back is escaped. There is no eval, and everything is quoted.
#
# SPDX-License-Identifier: GPL-2.0-or-later
set -u
LC_ALL=C.UTF-8 PATH=/usr/local/bin:/usr/bin:/bin
export LC_ALL PATH
searcher=${BROADSHEET_SEARCHER:-broadsheet-searcher}
QUERY_STRING=${QUERY_STRING-}
max=16384

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

escape() {
	LC_ALL=C sed -e 's/&/\&amp;/g' -e 's/</\&lt;/g' -e 's/>/\&gt;/g' -e 's/"/\&quot;/g' -e "s/'/\&#39;/g" |
		LC_ALL=C tr -d '\000-\010\013\014\016-\037\177'
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

# A body that nobody takes may cost the client the answer.
case ${CONTENT_LENGTH-} in
'' | *[!0-9]* | ??????*) ;;
*) head -c "$CONTENT_LENGTH" >/dev/null ;;
esac

shown=
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
shown=$(printf '%s' "$query" | escape)

if [ -z "$query" ]; then
	head_of_page '200 OK'
	foot_of_page
fi

# The query is one argument: one that is a single "-" would be read from standard input, which is empty.
status=0
found=$("$searcher" --color=never --limit=10 -- "$query" 2>/dev/null </dev/null) || status=$?
case $status in
0)
	head_of_page '200 OK'
	printf '<pre dir="auto">'
	printf '%s\n' "$found" | escape
	printf '</pre>\n'
	foot_of_page
	;;
1)
	head_of_page '200 OK'
	echo '<p>Nothing found.</p>'
	foot_of_page
	;;
64) refuse '400 Bad Request' 'This question is too long, or too complicated.' ;;
66) refuse '503 Service Unavailable' 'There is no index at the moment.' ;;
*)
	echo "search.sh: $searcher ended with $status" >&2
	refuse '500 Internal Server Error' 'The search does not work.'
	;;
esac
