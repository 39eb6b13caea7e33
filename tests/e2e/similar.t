#!/usr/bin/perl
# similar.t - articles like one, and what each part of the ranking is good for
# SPDX-License-Identifier: GPL-2.0-or-later
use FindBin;
use lib "$FindBin::Bin/../lib";
use Broadsheet::Test;
use JSON::PP;

my $db = temp_dir() . '/db';
my %body = (
    storm    => 'A storm tore the roof from the lighthouse. The keeper and his goat were found on the rocks.',
    keeper   => 'The keeper of the lighthouse, found on the rocks with a goat, wants a new roof before the next storm.',
    copy     => 'A storm tore the roof from the lighthouse. The keeper and his goat were found on the rocks.',
    goat     => 'A goat won the cheese prize.',
    election => 'The council counted the votes again and the mayor stays.',
    mayor    => 'The mayor wants the votes counted a third time, and the council is tired.',
    empty    => 'Xyzzy.',
);
my %title = (storm => 'Lighthouse loses its roof', copy => 'Lighthouse loses its roof', keeper => 'After the storm', goat => 'Prize goat');
my %language = (mayor => 'en');
spew("$db.jsonl", map {
    encode_json({ id => $_, title => $title{$_} // ucfirst, body => $body{$_}, language => 'en',
            published => $_ eq 'goat' ? '2024-05-01' : '2023-05-01' }) . "\n"
} sort keys %body);
runs_ok(indexer('-q', '--db', $db, "$db.jsonl"), 'articles are indexed');

my $all = searcher('--db', $db, '--format=jsonl', '-n', 100, '--fields=id,uid', 'since:1900');
my %uid = map { my $h = decode_json($_); ($h->{id} => $h->{uid}) } split /\n/, $all->{stdout};
is(scalar keys %uid, scalar keys %body, 'each has a uid');

sub like_ids {
    my ($id, @more) = @_;
    my $r = searcher('--db', $db, '--format=tsv', '--fields=id', "--similar=$uid{$id}", @more);
    my (undef, @ids) = split /\n/, $r->{stdout};
    return @ids;
}

is_deeply([like_ids('storm')], ['keeper', 'goat'], 'what has most of the words first, neither the article nor its copy');
is_deeply([like_ids('election')], ['mayor'], 'another matter');
is_deeply([like_ids('storm', 'prize')], ['goat'], 'a query is a filter');
is_deeply([like_ids('storm', '--until=2023')], ['keeper'], 'so is a date');
is_deeply([like_ids('empty')], [], 'nobody else has its words');
is(searcher('--db', $db, "--similar=$uid{empty}")->{status}, 1, 'nothing found: status 1');
my $none = searcher('--db', $db, '--similar=00000000000000000000000000000000');
is($none->{status}, 1, 'no such article: status 1');
like($none->{stderr}, qr{no article 0{32}}, 'and it is said');
is(searcher('--db', $db, '--similar=' . 'x' x 100_000)->{status}, 1, 'nor one of such a name');

my $e = decode_json(searcher('--db', $db, '--format=json', '--explain', "--similar=$uid{storm}")->{stdout});
for my $hit (@{ $e->{hits} }) {
    my $sum = 0;
    $sum += $_->{weight} for @{ $hit->{explain} };
    ok(abs($sum - $hit->{score}) < 1e-6 * $hit->{score}, "$hit->{id}: what its words gave adds up to the score");
}

# ---- parts of the ranking ----

sub score {
    my ($id, @arguments) = @_;
    my $r = searcher('--db', $db, '--format=jsonl', '-n', 100, '--fields=id,score', @arguments);
    my ($hit) = grep { $_->{id} eq $id } map { decode_json($_) } split /\n/, $r->{stdout};
    return $hit ? $hit->{score} : 0;
}

my $full = score('storm', 'lighthouse keeper roof storm rocks');
for my $part (qw(exact near feedback)) {
    cmp_ok(score('storm', "--without=$part", 'lighthouse keeper roof storm rocks'), '<', $full, "without $part an article has less");
}
cmp_ok(score('storm', '--without=beside', 'the rocks keeper and'), '==', score('storm', 'the rocks keeper and'), 'no two side by side');
cmp_ok(score('goat', '--without=beside', 'cheese prize'), '<', score('goat', 'cheese prize'), 'without beside');
cmp_ok(score('goat', '--without=floor', 'cheese prize'), '<', score('goat', 'cheese prize'), 'without floor');
is(score('mayor', 'the goat'), 0, 'closed-class words are left out');
cmp_ok(score('mayor', '--without=stopwords', 'the goat'), '>', 0, 'without stopwords');
cmp_ok(score('goat', 'prizes-goats'), '>', 0, 'words of one run in any form');
is(score('goat', '--without=compound', 'prizes-goats'), 0, 'without compound');
is(searcher('--db', $db, '--without=neat', 'goat')->{status}, 64, 'a part that is none');
is(searcher('--db', $db, '--without=exact,near,', 'goat')->{status}, 0, 'several parts');
done_testing();
