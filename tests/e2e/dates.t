#!/usr/bin/perl
# dates.t - filters and orders by date, at the edges of days and of Unix time
# SPDX-License-Identifier: GPL-2.0-or-later
use FindBin;
use lib "$FindBin::Bin/../lib";
use Broadsheet::Test;
use JSON::PP;

my @dates = qw(
    1703-01-01 1949-12-31T23:59:59Z 1950-01-01 1950-01-01T00:00:01Z 1969-12-31 1970-01-01 1970-01-01T00:00:01Z
    2000-02-29 2023-10-12T23:59:59Z 2023-10-13 2023-10-13T00:00:01Z 2038-01-19T03:14:08Z 2099-12-31
);
my $db = temp_dir() . '/db';
spew("$db.jsonl", map { encode_json({ id => $_, title => 'A day', body => 'text', published => $_ }) . "\n" } @dates);
runs_ok(indexer('-q', '--db', $db, "$db.jsonl"), 'articles of many days are indexed');

sub found {
    my $r = searcher('--db', $db, '-n', 100, '--format=csv', '--fields=id', @_);
    my (undef, @ids) = split /\r\n/, $r->{stdout};
    return @ids;
}

for my $i (0 .. $#dates) {
    my @late  = grep { $_ ge $dates[$i] } @dates;
    my @early = grep { $_ le $dates[$i] || index($_, $dates[$i]) == 0 } @dates;
    is_deeply([sort(found("since:$dates[$i]"))], \@late, "since:$dates[$i]");
    is_deeply([sort(found("until:$dates[$i]"))], \@early, "until:$dates[$i]");
}
is_deeply([found('--sort=newest', 'text')], [reverse @dates], 'the newest comes first');
is_deeply([found('--sort=oldest', 'text')], \@dates,          'the oldest comes first');
done_testing();
