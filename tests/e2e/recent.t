#!/usr/bin/perl
# recent.t - --recent: what was published lately comes higher
# SPDX-License-Identifier: GPL-2.0-or-later
use FindBin;
use lib "$FindBin::Bin/../lib";
use Broadsheet::Test;
use JSON::PP;

my $db = temp_dir() . '/db';
my %published = (a => '2020-01-01', b => '2020-03-01', c => '2020-03-31', ahead => '2999-01-01', undated => undef);
spew("$db.jsonl", map {
    encode_json({ id => $_, title => 'Rain', body => $_ eq 'a' ? 'rain rain rain' : 'rain and sun', published => $published{$_} }) . "\n"
} grep { $_ ne 'ahead' } sort keys %published);
runs_ok(indexer('-q', '--db', $db, "$db.jsonl"), 'articles are indexed');

sub hits {
    my $r = searcher('--db', $db, '--format=json', '--explain', @_);
    return @{ decode_json($r->{stdout})->{hits} };
}

sub lately {
    my ($hit) = @_;
    my ($part) = grep { $_->{part} eq '(published lately)' } @{ $hit->{explain} };
    return $part ? $part->{weight} : 0;
}

is((hits('rain'))[0]{id}, 'a', 'the one that answers best is first');
is(scalar(grep { lately($_) } hits('rain')), 0, 'its date gives it nothing');
my %hit = map { $_->{id} => $_ } hits('--recent', 'rain');
is((hits('--recent', 'rain'))[0]{id}, 'c', 'with --recent the newest is');
is(lately($hit{undated}), 0, 'an article without a date gets nothing');
ok(abs(lately($hit{c}) / lately($hit{b}) - 2) < 1e-6,  '30 days halve it');
ok(abs(lately($hit{c}) / lately($hit{a}) - 8) < 1e-6,  '90 days halve it three times');
%hit = map { $_->{id} => $_ } hits('--recent=60', 'rain');
ok(abs(lately($hit{c}) / lately($hit{b}) - 2**.5) < 1e-6, 'half of it with --recent=60');
for my $h (values %hit) {
    my $sum = 0;
    $sum += $_->{weight} for @{ $h->{explain} };
    ok(abs($sum - $h->{score}) < 1e-6 * $h->{score}, "$h->{id}: the parts add up to the score");
}
is(searcher('--db', $db, "--recent=$_", 'rain')->{status}, 64, "--recent=$_") for 0, -1, 'x', '';
is((hits('--recent', 'since:2020'))[0]{id}, 'c', 'a query of dates alone, too');

# A wrong date that lies ahead does not make all others old.
spew("$db.jsonl", map {
    encode_json({ id => $_, title => 'Rain', body => 'rain and sun', published => $published{$_} }) . "\n"
} sort keys %published);
runs_ok(indexer('-q', '--db', $db, "$db.jsonl"), 'one is dated far ahead');
my ($ahead) = grep { $_->{id} eq 'ahead' } hits('--recent=100000', 'rain');
my ($c)     = grep { $_->{id} eq 'c' } hits('--recent=100000', 'rain');
cmp_ok(lately($c), '>', .9 * lately($ahead), 'ages count from today at the latest');

is(searcher('--db', $db, '-n', 0, 'rain')->{status}, 0, 'none is asked for, some are found: status 0');
done_testing();
