#!/usr/bin/perl
# suggest.t - did you mean: for words that find nothing, or next to nothing, and never for names that exist
# SPDX-License-Identifier: GPL-2.0-or-later
use FindBin;
use lib "$FindBin::Bin/../lib";
use Broadsheet::Test;
use JSON::PP;
use Encode qw(encode decode);
use utf8;

my $db = temp_dir() . '/db';
my @articles = (
    (map { "The ferry company of harbour $_ counts its passengers and its losses." } 1 .. 1100),
    'In the harbour Mr Company met Ms Losset, who keeps the books.',
    'Two passengars were lost, and the harbour master wrote it with an a.',
    'Паром пришёл в порт, паромщик спит.',
    'Το πλοίο έφυγε από το λιμάνι.',
    '北京的渡轮',
    'Grüße aus Malmö.',
    'Ο Οδυσσεύς γύρισε.',
    'Երևան քաղաքը։',
);
spew("$db.jsonl", map { encode_json({ id => "a$_", title => 'Report', body => $articles[$_] }) . "\n" } 0 .. $#articles);
runs_ok(indexer('-q', '--db', $db, "$db.jsonl"), 'articles are indexed');

sub meant {
    my (@query) = @_;
    my $r = searcher('--db', $db, '--format=json', '-n', 1, map { encode('UTF-8', $_) } @query);
    return decode_json($r->{stdout})->{query}{suggestion};
}

is(meant('ferrry'),               'ferry',               'a letter too many');
is(meant('pasengers'),            'passengers',          'a letter too few');
is(meant('hrabour'),              'harbour',             'two letters exchanged');
is(meant('Ferrry'),               'Ferry',               'a capital stays');
is(meant('gerry'),                'ferry',               'a wrong first letter');
is(meant('comapnys passengars'),  'company passengers', 'several words');
is(meant('+feryr -"comapny"'),    '+ferry -"comapny"',   'signs stay; what is excluded or quoted is left alone');
is(meant('ferry losses'),         undef,                 'words that are found');
is(meant('ferries'),              undef,                 'another form of a word that is found');
is(meant('fery'),                 'ferry',               'a short word, one letter');
is(meant('fry'),                  undef,                 'a very short word is left alone');
is(meant('xylophonist'),          undef,                 'nothing is near');
is(meant('passengars'),           'passengers',          'a misspelling that stands in one article, beside a word of a thousand');
is(meant('losset'),               undef,                 'a name that stands in one article');
is(meant('title:ferrry'),         undef,                 'a field is left alone');
is(meant('harb0ur1'),             undef,                 'numbers are no misspelt words');
is(meant('паромшик'),             'паромщик',            'Cyrillic');
is(meant('λιμάνη'),               'λιμάνι',              'Greek, with the accents of the articles');
is(meant('Οδυσευς'),              'Οδυσσεύς',            'and its final sigma');
is(meant('Malmøø'),               'Malmö',               'accents');
is(meant('երեևան'),               'երևան',               'Armenian, with its ligature');
is(meant('--similar=0123456789abcdef0123456789abcdef', 'ferrry'), undef, 'not for a filter');

my $text = searcher('--db', $db, 'ferrry');
like($text->{stderr}, qr{did you mean: ferry$}m, 'said on standard error');
is($text->{status}, 1, 'nothing was found all the same');
spew("$db.queries", "ferrry\n");
unlike(searcher('--db', $db, "--batch=$db.queries")->{stderr}, qr{did you mean}, 'not in a batch');
done_testing();
