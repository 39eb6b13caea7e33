#!/usr/bin/perl
# ranking.t - bench/ranking scores as TREC does
# SPDX-License-Identifier: GPL-2.0-or-later
use FindBin;
use lib "$FindBin::Bin/../lib";
use Broadsheet::Test;
use JSON::PP;

my $bench = "$FindBin::Bin/../../bench/ranking";
my $folder = temp_dir() . '/tiny';
mkdir $folder;
# One word an article, so that each query finds what is written here, in this order: shorter articles come first.
my %text = (a => 'heron', b => 'heron by the pond', c => 'heron and many other birds of the long and quiet river', d => 'otter', e => 'stork');
spew("$folder/corpus.jsonl", map { encode_json({ id => $_, title => '', text => $text{$_} }) . "\n" } sort keys %text);
spew("$folder/queries.tsv", "1\theron\n2\totter\n3\tstork\n4\tnobody\n");
spew("$folder/qrels.txt", "1 0 a 0\n1 0 b 1\n1 0 c 2\n2 0 d 1\n2 0 e 1\n4 0 a 1\n3 0 e 0\n");

# 1: b at rank 2, c at rank 3: AP = (1/2 + 2/3) / 2; DCG = 1/log2(3) + 2/log2(4), ideal 2 + 1/log2(3)
# 2: d at rank 1, e missing: AP = 1/2; DCG = 1, ideal 1 + 1/log2(3). 3: nothing is relevant: does not count. 4: nothing found: 0.
my $log3 = log(3) / log 2;
my $map  = ((1 / 2 + 2 / 3) / 2 + 1 / 2 + 0) / 3;
my $ndcg = ((1 / $log3 + 1) / (2 + 1 / $log3) + 1 / (1 + 1 / $log3) + 0) / 3;
my $r = run($^X, $bench, '--all-parts-only', $folder);
is($r->{status}, 0, 'a collection is scored');
like($r->{stdout}, qr{^\| as it is \| \Q@{[sprintf '%.4f / %.4f', $map, $ndcg]}\E \|}m, 'as computed by hand');
my $all = run($^X, $bench, $folder);
is(scalar(() = $all->{stdout} =~ /^\| with/mg), 8, 'each part is left out once, and then all of them');
isnt(run($^X, $bench)->{status}, 0, 'no folder: usage');
isnt(run($^X, $bench, "$folder/none")->{status}, 0, 'no such folder');
done_testing();
