#!/usr/bin/perl
# search.t - the searcher over the demonstration corpus: answers, passages, formats, statuses
# SPDX-License-Identifier: GPL-2.0-or-later
use FindBin;
use lib "$FindBin::Bin/../lib";
use Broadsheet::Test;
use Encode qw(decode);
use JSON::PP;

my $db = temp_dir() . '/db';
runs_ok(indexer('--db', $db, '--exclude=broken', corpus()), 'the corpus is indexed');

sub ask {
    my $r = searcher('--db', $db, @_);
    return $r;
}

# The hits of a query, as records.
sub hits {
    my $r = ask('--format=jsonl', @_);
    return map { decode_json($_) } split /\n/, $r->{stdout};
}

# Where a hit lies, as corpus/queries.tsv says it.
sub place {
    my ($hit) = @_;
    my $path = $hit->{path} // '';
    utf8::encode($path);
    $path =~ s{.*/corpus/}{};
    return defined $hit->{member} ? "$path#$hit->{member}" : $path;
}

for my $line (split /\n/, slurp(corpus('queries.tsv'))) {
    next if $line =~ /^(?:#|id\t|\s*$)/;
    my ($id, $query, $answer, $kind) = split /\t/, $line;
    my ($first) = hits('-n', 1, split / /, $query);
    is(place($first), $answer, "$id: '$query' finds its article first ($kind)");
}

# ---- text ----

my $r = ask(qw(forced repatriation Dandong));
is($r->{status}, 0, 'a search that finds something ends with 0');
like($r->{stdout}, qr/^ 1\. Beijing Resumes Forced Repatriation of North Koreans at Dandong\n/, 'the headline comes first');
like($r->{stdout}, qr{^    Northline, Elena Marsh, \S*corpus/articles/yalu-returns\.txt\n}m, 'source, author and file follow');
like($r->{stdout}, qr/\*forced\* \*repatriation\*/, 'matches are starred without colour');
like($r->{stdout}, qr/^1-10 of \d+ articles\n\z/m, 'the last line says how many there are');
# a line of facts ends in the path, which is never broken
ok(!(grep { !m{/} && length(decode('UTF-8', $_)) > 80 } split /\n/, $r->{stdout}), 'lines are wrapped');
like($r->{stderr}, qr/\Asearcher: note: 'dandong' is looked for in other scripts too: .+\n\z/, 'what is looked for beside it is said on standard error');
$r = ask(qw(forced repatriation));
is($r->{stderr}, '', 'else nothing is');

like(ask('--color=always', 'Dandong')->{stdout}, qr/\e\[1;31mDandong\e\[0m/, 'matches are coloured where that is asked for');
unlike(ask({ env => { NO_COLOR => 1 } }, 'Dandong')->{stdout}, qr/\e/, 'no colour in a pipe');

$r = ask('xyzzyqwerty');
is($r->{status}, 1, 'nothing found ends with 1');
is($r->{stdout}, '', 'nothing found prints nothing on standard output');
like($r->{stderr}, qr/nothing found/, 'and says so on standard error');

is(ask('--offset=100000', 'Dandong')->{status}, 1, 'beyond the last article there is nothing');
my @all = hits('-n', 50, 'Dandong');
my @two = hits('-n', 2, '--offset=1', 'Dandong');
is(scalar @two, 2, '--limit limits');
is($two[0]{uid}, $all[1]{uid}, '--offset leaves out the first');
is($two[0]{rank}, 2, 'ranks count from the first of all');

# ---- words ----

is_deeply([map { $_->{uid} } hits('DANDONG')], [map { $_->{uid} } hits('dandong')], 'case does not matter');
is_deeply([map { $_->{uid} } hits('dándòng')], [map { $_->{uid} } hits('dandong')], 'accents do not matter');
is_deeply([map { $_->{uid} } hits("\xef\xbc\xa4andong")], [map { $_->{uid} } hits('dandong')], 'full-width letters do not matter');
my %repatriation = map { $_->{uid} => 1 } hits('-n', 50, 'repatriation');
ok((grep { $repatriation{$_->{uid}} } hits('-n', 50, 'repatriated')) > 0, 'other forms of a word are found');
is(ask('-')->{status}, 1, 'an empty query finds nothing');
is(ask({ stdin => "Dandong\n" }, '-')->{status}, 0, 'a query is read from standard input');
my ($phrase) = hits('"forced repatriation"');
is(place($phrase), 'articles/yalu-returns.txt', 'a phrase is found');
ok(!(grep { place($_) eq 'articles/yalu-returns.txt' } hits('-n', 50, 'Dandong', '-repatriation')), 'an excluded word excludes');
ok(!(grep { ($_->{published} // '') lt '2023' } hits('-n', 50, 'Dandong', 'since:2023')), 'since: filters by date');
is(ask('--', '--db')->{status}, 1, 'after -- everything is a query');
is(ask('forced', '--no-such-option')->{status}, 0, 'options end at the first word');
like(ask('forced', '-n', '3')->{stderr}, qr/note: -n stands behind a word/, 'which is said where one of ours follows');
unlike(ask('--', '-n', 'forced')->{stderr}, qr/stands behind/, 'but not of the first word');
ok(!(grep { length > 80 } split /\n/, searcher('--help')->{stdout}), 'the help fits a terminal');

# ---- formats ----

$r = ask('--format=json', 'forced repatriation Dandong');
my $json = decode_json($r->{stdout});
is($json->{schema}, 'broadsheet.search/1', 'JSON names its schema');
is($json->{query}{text}, 'forced repatriation Dandong', 'and has the query');
cmp_ok($json->{total}{value}, '>=', 10, 'and how many articles match');
my $hit = $json->{hits}[0];
is($hit->{title}, 'Beijing Resumes Forced Repatriation of North Koreans at Dandong', 'a hit has its headline');
ok(!exists $hit->{body}, 'and no body');
my @marked;
for my $snippet (@{ $hit->{snippets} }) {
    utf8::encode(my $bytes = $snippet->{text});
    push @marked, map { substr($bytes, $_->[0], $_->[1] - $_->[0]) } @{ $snippet->{marks} };
}
ok((grep { lc eq 'repatriation' } @marked), 'marks are bytes of the snippet');
ok(!(grep { !/^(?:forced|repatriat\w*|Dandong)$/i } @marked), 'and nothing else is marked') or diag("@marked");

my $copies = temp_dir();
my $record = encode_json({ title => 'A ferry', text => 'The ferry sank.', price => { a => [1, '2, 3'] } });
spew("$copies/$_.json", $record) for qw(one two);
runs_ok(indexer('-j', 1, '--db', "$copies/db", map { "$copies/$_.json" } qw(two one)), 'an article in two files is indexed');
my $twice = searcher('--db', "$copies/db", 'ferry')->{stdout};
like($twice, qr{/two\.json#1\n.*\n +also in:\s+\S*/one\.json#1\n\n 2\.}, 'its copy is named below it');
is(scalar(() = $twice =~ /also in/g), 1, 'once');
my ($extra) = map { decode_json($_) } split /\n/, searcher('--db', "$copies/db", '--format=jsonl', '--fields=extra', 'ferry')->{stdout};
is_deeply($extra, { extra => { price => { a => [1, '2, 3'] } } }, '--fields=extra is what the record has beside its fields');
like(searcher('--db', "$copies/db", '--format=tsv', '--fields=extra', 'ferry')->{stdout}, qr/\Aextra\n\{"price":\{"a":\[1,"2, 3"\]\}\}\n/, 'as JSON in a table');

my $uid = $hit->{uid};
$r = ask("--show=$uid");
is($r->{status}, 0, '--show shows an article');
like($r->{stdout}, qr/\ABeijing Resumes .*\n/, 'with its headline');
is(decode_json(ask("--show=$uid", '--format=json')->{stdout})->{uid}, $uid, '--show speaks JSON');
is(ask('--show=' . '0' x 32)->{status}, 1, 'an unknown uid ends with 1');

# ---- errors ----

is(searcher('--db', temp_dir() . '/none', 'x')->{status}, 66, 'no index ends with 66');
is(ask('--format=xml', 'x')->{status}, 64, 'an unknown format ends with 64');
like(ask('-ferry')->{stderr}, qr/invalid option.*try --help; a QUERY that begins with - goes behind --$/ms, 'a query that looks like an option is told how to be one');
is(ask('--', '-ferry')->{status}, 0, 'and is one then');
is(ask('--limit=-1', 'x')->{status}, 64, 'a limit that is none ends with 64');
is(searcher('--db', $db)->{status}, 64, 'no query ends with 64');
is(ask('--config=/nonexistent', 'x')->{status}, 64, 'a configuration that is not there ends with 64');
is(ask('word ' x 300)->{status}, 64, 'too many words end with 64');
like(ask('word ' x 300)->{stderr}, qr/256/, 'and the limit is named');
is(ask('--strict', 'AND')->{status}, 64, '--strict refuses what would be guessed');
if (-e '/dev/full') {
    for my $args (['Dandong'], ['--help'], ['--version'], ['--format=json', 'Dandong'], ["--show=$uid"]) {
        $r = ask({ stdout => '/dev/full' }, @$args);
        is($r->{status}, 74, "a full disk ends with 74: @$args");
        like($r->{stderr}, qr/standard output: /, 'and says what could not be written');
    }
}

my $damaged = temp_dir() . '/db';
mkdir $damaged;
spew("$damaged/XAPIANDB", "glass gen-7\n");
is(searcher('--db', $damaged, 'x')->{status}, 74, 'an index whose generation is missing ends with 74');
spew("$damaged/XAPIANDB", "nonsense\n");
is(searcher('--db', $damaged, 'x')->{status}, 74, 'a stub that is none ends with 74');

# ---- what is hostile stays text ----

my $hostile = temp_dir();
spew("$hostile/a/x\e[31m\ny.txt", "Title \e[31mred\e[0m <script>alert(1)</script>\n\nHostile \x{07}body & \"quotes\" \xff\xfe here.\n");
runs_ok(indexer('-q', '--db', "$hostile/db", "$hostile/a"), 'an article with control characters in text and name is indexed');
$r = searcher('--db', "$hostile/db", 'hostile');
is($r->{status}, 0, 'and found');
unlike($r->{stdout}, qr/[\x00-\x08\x0b-\x1f\x7f]/, 'and printed without them');
$r = searcher('--db', "$hostile/db", '--format=json', 'hostile');
ok(eval { decode_json($r->{stdout}); 1 }, 'and as valid JSON');

# ---- an index of several languages ----

{
    my $articles = temp_dir() . '/articles.jsonl';
    spew($articles, join '', map { encode_json($_) . "\n" }
        { id => 'bid',    language => 'en', title => 'Company raises bid', text => 'The bid was high, and there will be another bid.' },
        { id => 'biden',  language => 'en', title => 'Speech', text => 'Biden spoke to the harbour workers yesterday.' },
        { id => 'baden',  language => 'de', title => 'Sommer', text => 'Die Kinder baden im See, und niemand bietet mit.' },
        { id => 'sequia', language => 'es', title => 'Campo', text => "La sequ\x{ed}a dura ya tres meses en todo el valle." });
    my $mixed = temp_dir() . '/db';
    runs_ok(indexer('-q', '--db', $mixed, $articles), 'articles in three languages are indexed');
    my $found = sub { my $r = searcher('--db', $mixed, '--format=jsonl', '--', @_); join ' ', map { decode_json($_)->{id} } split /\n/, $r->{stdout} };
    is($found->('Biden'), 'biden', 'what is a stem in one language only finds no articles of another (German takes Biden for a form of bid)');
    is($found->('bade'), 'baden', 'but those of its own, however few they are');
    is($found->('sequia'), 'sequia', 'a word typed without its accent is found where the stem depends on it');
}

done_testing();
