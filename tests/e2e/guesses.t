#!/usr/bin/perl
# guesses.t - what is not quite a query: what it is read as is told, and --strict refuses it
# SPDX-License-Identifier: GPL-2.0-or-later
use FindBin;
use lib "$FindBin::Bin/../lib";
use Broadsheet::Test;
use JSON::PP;

my $db = temp_dir() . '/db';
my @articles = (
    { id => 'n1', title => '手机', body => '手机iPhone15的价格。 북한enriched 東京-xray', published => '2023-10-13', language => 'zh' },
    { id => 'n2', title => 'Vaccines', body => 'The WHO said that vaccines came. Flood.', published => '2023-11-13', language => 'en' },
    { id => 'n3', title => 'Roman', body => 'novembre est un mois, who alpha beta resume', published => '1988', language => 'fr' },
    { id => 'n4', title => 'Word', body => 'alpha x beta y word', published => '2024-02-03', language => 'amh' },
);
my $json = JSON::PP->new; # bytes stay as they are
spew("$db.jsonl", join '', map { $json->encode($_) . "\n" } @articles);
runs_ok(indexer('-q', '--db', $db, "$db.jsonl"), 'four articles are indexed');

# The ids that are found, and stderr.
sub ids {
    my $r = searcher('--db', $db, '--format=tsv', '--fields=id', @_);
    my (undef, @ids) = split /\n/, $r->{stdout};
    return ($r->{status}, join(' ', sort @ids), $r->{stderr});
}

sub finds {
    my ($wanted, @query) = @_;
    my ($status, $got, $stderr) = ids('--', @query);
    is($got, $wanted, "@query finds $wanted") or diag($status, $stderr);
}

# ---- runs of several scripts before a star ----

finds('n1', $_) for '手机iPh*', '북한en*', '東京-x*', '+手机iPh*', '"手机" 手机iPh*', '手机iPh* NEAR/9 东京';
finds('', '手机Andr*');
my $r = searcher({ stdin => "1\t手机iPh*\n2\talpha\n" }, '--db', $db, '--batch=-', '--format=trec');
is($r->{status}, 0, 'a batch with one ends well');
is(join(' ', map { (split)[0] } split /\n/, $r->{stdout}), '1 2 2', 'and answers all');

done_testing();
