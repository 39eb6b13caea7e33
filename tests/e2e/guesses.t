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
    { id => 'n3', title => 'Roman', body => 'novembre est un mois, who alpha beta resume resumé', published => '1988', language => 'fr' },
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

# ---- every guess is a note, which --strict refuses ----

for my $case (
    ['bad-operator',       'alpha NEAR/-1 beta'],
    ['bad-operator',       'alpha NEAR/1.5 beta'],
    ['bad-operator',       'alpha W/s beta'],
    ['bad-operator',       'alpha PRE beta'],
    ['bad-operator',       'FIRST alpha'],
    ['number-out-of-range', '"alpha beta"~1.5'],
    ['suffix-left-out',    'language:en^2'],
    ['suffix-left-out',    'id:n1^2'],
    ['suffix-left-out',    'since:2023^2'],
    ['bad-language',       'language:klingon'],
    ['reversed-range',     'since:1988 until:1987'],
) {
    my ($code, $query) = @$case;
    my $answer = decode_json(searcher('--db', $db, '--format=json', '--', $query)->{stdout});
    is(join(' ', map { $_->{code} } @{ $answer->{query}{notes} }), $code, "$query is noted: $code");
    is(searcher('--db', $db, '--strict', '--', $query)->{status}, 64, "and --strict refuses it");
}

# ---- a last ? ----

finds('n3', 'r?sum?');
finds('n3', 'r?sum? NEAR/9 alpha');
my $last = searcher('--db', $db, 'what was res?me?');
like($last->{stderr}, qr/note: 'res\?me\?': no word of the index fits: the last \? is left out/, 'the last ? of a question is left out');
is($last->{status}, 0, 'and what is left is found');

# ---- dates ----

my ($status, $got, $stderr) = ids('--since=2024', '--until=2023', 'alpha');
like($stderr, qr/later than until/, 'a time that ends before it begins is noted');
is($got, 'n4', 'and its ends are exchanged');
is(searcher('--db', $db, '--strict', '--since=2024', '--until=2023', 'alpha')->{status}, 64, 'which --strict refuses');
(undef, undef, $stderr) = ids('--since=last month', 'alpha');
like($stderr, qr/note: since 'last month' is read as \d{4}-\d\d\n/, 'how --since was read is told');
(undef, undef, $stderr) = ids('--since=03/04/2023', 'alpha');
like($stderr, qr/note: since '03\/04\/2023' is read as 2023-03-04\n/, 'also where day and month might be exchanged');
(undef, undef, $stderr) = ids('--since=2023-04', 'alpha');
is($stderr, '', 'a plain date needs no note');

# ---- languages ----

finds('n4', "language:$_") for qw(amh am AM am-ET amh_ET);
finds('n1 n3', 'language:zh,fr');
is((ids('--language=amh', 'alpha'))[1], 'n4', '--language takes three letters for two');
is((ids('--language=am,fr', 'alpha'))[1], 'n3 n4', '--language takes several');
for my $option ('--language=english', '--language=', '--language=de,', '--language=x y', '--query-language=klingon', '--query-language=en,fr') {
    $r = searcher('--db', $db, $option, 'alpha');
    is($r->{status}, 64, "$option is no language");
    like($r->{stderr}, qr/not a language tag/, 'and said to be none');
}

# ---- a batch says what a search alone says ----

for my $format (qw(text csv tsv trec jsonl)) {
    $r = searcher({ stdin => "q1\talpha && beta\nq2\talpha\n" }, '--db', $db, '--batch=-', '--explain', "--format=$format");
    like($r->{stderr}, qr/^\S+: query q1: note: '&&' .*\n\S+: query q1: read as: alpha beta\n\S+: query q2: read as: alpha\n\z/, "notes and readings of a batch in $format");
}

# ---- sorted by date, the scores of a run fall ----

for my $sort (qw(newest oldest)) {
    $r = searcher('--db', $db, '--format=trec', "--sort=$sort", 'alpha who');
    my @scores = map { (split)[4] } split /\n/, $r->{stdout};
    is("@scores", '-1.000000 -2.000000', "--sort=$sort: scores fall with the rank");
}

# ---- words that come from what failed are not corrected ----

($status, $got, $stderr) = ids('--', 'flood published:novmbre');
unlike($stderr, qr/did you mean/, 'a word that was meant as a date gets no better spelling');
($status, $got, $stderr) = ids('--', 'flood novmbre');
like($stderr, qr/did you mean: flood novembre/, 'the word alone does');

# ---- words in capitals are names ----

my $explained = searcher('--db', $db, '--explain', '--query-language=en', 'WHO vaccines')->{stdout};
like($explained, qr/WHO \d/, 'a closed-class word in capitals counts in a query that has small letters');
$explained = searcher('--db', $db, '--explain', '--query-language=en', 'who vaccines')->{stdout};
unlike($explained, qr/who \d/, 'in small letters it does not');

{
    my $names = temp_dir() . '/db';
    spew("$names.jsonl", join '', map { $json->encode({ id => $_->[0], title => $_->[1], language => 'en' }) . "\n" }
        [ 'm1', 'Floods came in May' ], [ 'm2', 'Theresa and her floods' ], [ 'm3', 'The others' ]);
    runs_ok(indexer('-q', '--db', $names, "$names.jsonl"), 'articles of a month and a name');
    my $hits = sub { scalar(() = searcher('--db', $names, '--query-language=en', '--format=jsonl', @_)->{stdout} =~ /^\{/mg) };
    is($hits->('Theresa May'),   2, 'May with a capital is a name');
    is($hits->('Theresa may'),   1, 'in small letters it is left out');
    is($hits->('Theresa The'),   1, 'words that are no names are left out all the same');
}

# ---- the terminal is left alone ----

for my $option ("--show=x\033[31m", "--similar=x\033[31m", "--format=x\033[31m", "--since=x\033[31m", "--language=x\033[31m", "--fields=x\033[31m", "--db=/no/x\033[31m") {
    $r = searcher('--db', $db, $option, $option =~ /show/ ? () : 'alpha');
    (my $shown = $option) =~ s/\033/ESC/;
    like($r->{stderr}, qr/x.?\[31m/, "$shown is named");
    unlike($r->{stderr}, qr/\033/, 'without its control characters');
}

done_testing();
