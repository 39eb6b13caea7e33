#!/usr/bin/perl
# search.pl - a search page in Perl, from the JSON that broadsheet-searcher prints
#
# A CGI script to start from; core modules only. What people type goes to the searcher as one argument behind --, without a
# shell; everything that is printed goes through escape(). What the searcher complains of goes to standard error, the server's
# log.
#
# SPDX-License-Identifier: GPL-2.0-or-later
use strict;
use warnings;

use Encode qw(decode encode);
use JSON::PP ();

$ENV{PATH} = '/usr/local/bin:/usr/bin:/bin';
my $searcher = $ENV{BROADSHEET_SEARCHER} // 'broadsheet-searcher';
my $seconds = $ENV{BROADSHEET_SECONDS} // 10;
my $longest = 16_384;
my $largest_body = 65_536;

# Characters as HTML text or as the value of an attribute. Control characters (C0, C1) and those that turn the direction of text are
# left out.
sub escape {
    my ($text) = @_;
    my %names = ('&' => 'amp', '<' => 'lt', '>' => 'gt', '"' => 'quot', "'" => '#39');
    $text =~ s/[\x00-\x08\x0b-\x1f\x7f-\x9f\x{202a}-\x{202e}\x{2066}-\x{2069}]//g;
    $text =~ s/([&<>"'])/&$names{$1};/g;
    return $text;
}

sub parameter {
    my ($name) = @_;
    for my $pair (split /&/, $ENV{QUERY_STRING} // '') {
        my ($key, $value) = split /=/, $pair, 2;
        next if ($key // '') ne $name;
        ($value //= '') =~ tr/+/ /;
        $value =~ s/%([0-9A-Fa-f]{2})/chr hex $1/ge;
        $value = decode('UTF-8', $value); # what is no UTF-8 becomes U+FFFD
        $value =~ s/[\x00-\x1f\x7f]/ /g;
        $value =~ s/^\s+|\s+$//g;
        return $value;
    }
    return '';
}

my $query = '';

# Prints the whole answer, and ends. content: HTML.
sub answer {
    my ($status, $content) = @_;
    print "Status: $status\n",
        "Content-Type: text/html; charset=utf-8\n",
        "Content-Security-Policy: default-src 'none'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'\n",
        "X-Content-Type-Options: nosniff\nReferrer-Policy: no-referrer\nCache-Control: no-store\n",
        $status =~ /^405/ ? "Allow: GET, HEAD\n" : '', "\n";
    exit if ($ENV{REQUEST_METHOD} // 'GET') eq 'HEAD';
    my $shown = escape($query);
    print encode('UTF-8', <<"END");
<!DOCTYPE html>
<html lang="en"><head><meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1"><title>Search</title></head>
<body><form method="get"><input name="q" aria-label="Words to look for" dir="auto" value="$shown"> <button>Search</button></form>
$content</body></html>
END
    exit;
}

# The status of the searcher, 128 and more for a signal, and what it printed.
sub ask {
    my (@arguments) = @_;
    my $pid = open my $from, '-|';
    die "fork: $!" if !defined $pid;
    if ($pid == 0) {
        open STDIN,  '<', '/dev/null';
        $SIG{ALRM} = 'DEFAULT'; # ends whoever is at work when the time is over, the searcher too
        alarm $seconds;
        no warnings 'exec';
        exec { $searcher } $searcher, @arguments or exit 127;
    }
    binmode $from;
    my $printed = do { local $/; <$from> };
    close $from;
    return ($? & 127 ? 128 + ($? & 127) : $? >> 8, $printed // '');
}

# A passage with its matches marked. Offsets are bytes of UTF-8.
sub passage {
    my ($snippet) = @_;
    my $bytes = encode('UTF-8', $snippet->{text});
    my ($at, $html) = (0, '');
    my $part = sub { escape(decode('UTF-8', substr $bytes, $_[0], $_[1] - $_[0])) };
    for (@{ $snippet->{marks} }) {
        my ($from, $to) = @$_;
        $html .= $part->($at, $from) . '<mark>' . $part->($from, $to) . '</mark>';
        $at = $to;
    }
    return $html . $part->($at, length $bytes);
}

sub hit {
    my ($hit) = @_;
    my $title = escape($hit->{title} // '(no headline)');
    # only addresses that are nothing but addresses become links
    $title = '<a href="' . escape($hit->{url}) . qq(">$title</a>) if ($hit->{url} // '') =~ m{^https?://[^\s"'<>]+$}i;
    my $facts = join ', ', map { escape($_) } grep { defined } @$hit{qw(published source)};
    return join '', qq(<li dir="auto"><b>$title</b> $facts<br>), join(' &hellip; ', map { passage($_) } @{ $hit->{snippets} }), "</li>\n";
}

my $length = $ENV{CONTENT_LENGTH} // '';
answer('400 Bad Request', '<p>The length of the request is no number.</p>') if $length =~ /[^0-9]/;
# A body that nobody takes may cost the client the answer; nobody waits for one that does not come.
eval {
    local $SIG{ALRM} = sub { die "late\n" };
    alarm 2;
    read STDIN, my $body, length $length > 6 ? 1_000_000 : $length if $length;
    alarm 0;
};
answer('413 Content Too Large', '<p>A question has no body.</p>') if length $length > 5 || ($length || 0) > $largest_body;
answer('405 Method Not Allowed', '<p>Questions are asked with GET.</p>') if ($ENV{REQUEST_METHOD} // 'GET') !~ /^(?:GET|HEAD)$/;
answer('400 Bad Request', '<p>The question is too long.</p>') if length($ENV{QUERY_STRING} // '') > $longest;
$query = parameter('q');
answer('200 OK', '') if $query eq '';

my ($status, $json) = ask('--format=json', '--limit=10', '--', encode('UTF-8', $query));
if ($status == 0 || $status == 1) {
    my $found = JSON::PP::decode_json($json);
    my $hits = join '', map { hit($_) } @{ $found->{hits} };
    answer('200 OK', $hits ? "<ol>$hits</ol>\n" : "<p>Nothing found.</p>\n");
}
answer('400 Bad Request', '<p>This question is too long, or too complicated.</p>') if $status == 64;
answer('400 Bad Request', "<p>This takes more than $seconds seconds. Please ask for less.</p>") if $status == 128 + 14; # SIGALRM
answer('503 Service Unavailable', '<p>There is no index at the moment.</p>') if $status == 66;
warn "search.pl: $searcher ended with $status\n";
answer('500 Internal Server Error', '<p>The search does not work.</p>');
