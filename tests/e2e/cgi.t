#!/usr/bin/perl
# cgi.t - search.cgi as a process: its pages, its JSON, each status, and what attacks it must not fall to
# SPDX-License-Identifier: GPL-2.0-or-later
use FindBin;
use lib "$FindBin::Bin/../lib";
use Broadsheet::Test;
use Broadsheet::Web;
use Digest::SHA ();
use Encode ();
use JSON::PP;
use POSIX ();
use Time::HiRes ();

my $db  = index_corpus();
my %env = (BROADSHEET_DB => $db);

# Asks our program about the corpus: QUERY_STRING, and variables.
sub ask {
    my ($query, %more) = @_;
    return cgi({ env => { %env, %more } }, $query);
}

# The whole answer is safe, of that status, and nobody crashed.
sub answers {
    my ($a, $status, $title) = @_;
    local $Test::Builder::Level = $Test::Builder::Level + 1;
    is($a->{status}, $status, "$title: $status") or diag($a->{stderr}, $a->{bytes});
    is($a->{exit}, 0, "$title: ends well") or diag("signal $a->{signal}");
    answer_is_safe($a, "$title: is safe");
    return $a;
}

sub titles { return [ $_[0]{body} =~ m{<h2[^>]*><a [^>]*>(.*?)</a></h2>}g ] }

# ---------------------------------------------------------------------------------------------------- pages

my $a = answers(ask(''), 200, 'no question');
like($a->{body}, qr{<form role="search"}, 'it is the form');
like($a->{body}, qr{<p>89 articles in \d+ languages</p>}, 'which says how much there is');
unlike($a->{body}, qr{class="hits"}, 'without results');
unlike($a->{body}, qr{<script}, 'no page has a script');

$a = answers(ask('q=forced+repatriation+Dandong'), 200, 'a question');
is(titles($a)->[0], 'Beijing Resumes <mark>Forced</mark> <mark>Repatriation</mark> of North Koreans at <mark>Dandong</mark>',
    'the right article comes first, its matches marked');
is(scalar @{ titles($a) }, 10, 'ten of them');
like($a->{body}, qr{<h1 class="unseen">.*1–10 of 16 articles}s, 'and their number');
like($a->{body}, qr{<p class="passage" lang="en" dir="auto">[^\n]*<mark>Dandong</mark>}, 'passages are marked');
like($a->{body}, qr{value="forced repatriation Dandong"}, 'the question stays in its field');
like($a->{body}, qr{rel="next">Next}, 'there is a next page');
cmp_ok(length $a->{body}, '<', 30_000, 'a page is under 30 kB');
is(header($a, 'content-length'), length $a->{body}, 'its length is right');
like($a->{body}, qr{<time datetime="2023-11-23" dir="ltr">23 November 2023</time>}, 'dates are there');

my ($css) = $a->{body} =~ m{<style>(.*?)</style>}s;
my $hash = Digest::SHA::sha256_base64($css);
$hash .= '=' while length($hash) % 4;
like(header($a, 'content-security-policy'), qr{style-src 'sha256-\Q$hash\E'},
    "the style that the policy lets in is the one that is there (STYLE_SHA256: $hash)");

my $first = titles($a);
$a = answers(ask('q=forced+repatriation+Dandong&page=2'), 200, 'page 2');
like($a->{body}, qr{11–16 of 16 articles}, 'goes on with the next');
is(scalar(grep { my $t = $_; grep { $_ eq $t } @$first } @{ titles($a) }), 0, 'and repeats none');
like($a->{body}, qr{<a href="\?q=forced\+repatriation\+Dandong" rel="prev">Previous</a>}, 'and leads back');
like(answers(ask('q=Dandong&page=9'), 200, 'a page behind the last')->{body}, qr{No more articles}, 'says so');
is(scalar @{ titles(ask('q=Dandong&n=3')) }, 3, 'n=3 shows three');

$a = answers(ask('q=xyzzyplugh'), 200, 'nothing found');
like($a->{body}, qr{Nothing found.*<q dir="auto">xyzzyplugh</q>}s, 'says so');
$a = answers(ask('q=forced+repatriaton&n=5'), 200, 'a misspelt word');
like($a->{body}, qr{Did you mean <a href="\?q=forced\+repatriation&amp;n=5" dir="auto">forced repatriation</a>\?}, 'has a better one beside it');
like(answers(ask('q=' . encode_param('repatriaton <script>')), 200, 'one with a tag')->{body}, qr{Did you mean <a [^>]*>repatriation &lt;script&gt;</a>}, 'which is escaped');

my @dates = ask('q=Dandong&sort=newest')->{body} =~ /(?<!Updated )<time datetime="([^"]+)"/g;
is_deeply(\@dates, [ reverse sort @dates ], 'sort=newest goes by date');
@dates = ask('q=Dandong&sort=oldest')->{body} =~ /(?<!Updated )<time datetime="([^"]+)"/g;
is_deeply(\@dates, [ sort @dates ], 'sort=oldest the other way');
@dates = ask('q=Dandong&since=2022&until=2022-12')->{body} =~ /(?<!Updated )<time datetime="([^"]+)"/g;
is_deeply([ grep { !/^2022/ } @dates ], [], 'since and until choose');
cmp_ok(scalar @dates, '>', 0, 'and leave some');
like(ask('q=Dandong&since=2022')->{body}, qr{<details open>}, 'the form stays open where something is chosen');

$a = answers(ask('q=%E4%B8%B9%E4%B8%9C'), 200, 'Chinese');
like($a->{body}, qr{<mark>丹东</mark>}, 'is found and marked');
$a = answers(ask('q=' . encode_param('تمور العلا')), 200, 'Arabic');
like($a->{body}, qr{<li dir="rtl">\n<h2 lang="ar" dir="auto">}, 'runs from the right');
$a = ask('q=banco&language=es');
is_deeply([ grep { $_ ne 'es' } $a->{body} =~ /<h2 lang="(\w+)/g ], [], 'language=es gives Spanish only');
like($a->{body}, qr{<option value="es" selected>español}, 'and stays chosen');
like(answers(ask('q=ferry+AND'), 200, 'a guess')->{body}, qr{<p class="note"[^>]*>[^<]*AND}, 'is told');

# ---- filters by fields ----

my $news = temp_dir();
my @sections = ('Port News', 'Sport', 'Old Port', '');
spew("$news/a.jsonl", map { encode_json({ id => sprintf('n%02d', $_), title => "Tide $_", body => 'The tide came in.', $sections[ $_ % 4 ] ? (section => $sections[ $_ % 4 ]) : (),
    source => $_ % 3 ? 'The Port Alder Gazette' : "Agence L'\x{c9}cluse", author => [ $_ % 2 ? 'Mina Castell' : 'Hester Cole', 'Ann Lee' ], tags => [ $_ % 5 ? 'weather' : 'high water' ],
    published => sprintf('2023-10-%02d', 1 + $_) }) . "\n" } 0 .. 19);
runs_ok(indexer('-q', '--db', "$news/db", "$news/a.jsonl"), 'articles with sections, sources, authors and topics');
sub news { my ($query) = @_; return cgi({ env => { BROADSHEET_DB => "$news/db" } }, $query) }
sub ids { my ($query) = @_; return join ' ', sort map { $_->{id} } @{ decode_json(news("q=tide&n=100&format=json&$query")->{body})->{hits} } }
sub numbers { my ($which) = @_; return join ' ', map { sprintf 'n%02d', $_ } grep { $which->($_) } 0 .. 19 }
is(ids('section=port'), numbers(sub { $_[0] % 4 == 0 || $_[0] % 4 == 2 }), 'section= is a word that the section has');
is(ids('section=Port+News'), numbers(sub { $_[0] % 4 == 0 }), 'or several, side by side');
is(ids('section=News+Port'), '', 'in that order');
is(ids('source=l%27ecluse'), numbers(sub { $_[0] % 3 == 0 }), 'source=');
is(ids('author=mina+castell'), numbers(sub { $_[0] % 2 }), 'author=');
is(ids('author=Castell+Ann'), '', 'no phrase reaches from one author to the next');
is(ids('tags=high+water'), numbers(sub { $_[0] % 5 == 0 }), 'tags=');
is(ids('section=port&author=hester&tags=weather&source=gazette'), numbers(sub { !($_[0] % 2) && $_[0] % 5 && $_[0] % 3 }), 'all at once');
is(ids('section=%21%21'), '', 'a value without a word is that of no article');
is(ids('section='), numbers(sub { 1 }), 'an empty one is none');
is(ids('sections=port'), numbers(sub { 1 }), 'an unknown one is passed over');
$a = answers(news('q=tide&section=Port+News&n=2'), 200, 'a section');
like($a->{body}, qr{<p class="chosen">Only: <a href="\?q=tide&amp;n=2" rel="nofollow">Section: <bdi>Port News</bdi>}, 'the page says so, with a way to remove it');
like($a->{body}, qr{<a href="\?q=tide&amp;n=2&amp;section=Port\+News&amp;sort=newest">newest</a>}, 'links to other orders keep it');
like($a->{body}, qr{<a href="\?q=tide&amp;n=2&amp;section=Port\+News&amp;page=2">2</a>}, 'links to other pages too');
like($a->{body}, qr{<input type="text" name="section" value="Port News"}, 'so does the form');
unlike($a->{body}, qr{<mark>(?:Port|News)</mark>}, 'nothing of it is marked');
answers(ask('q=ferry&author=' . 'x' x 201), 400, 'a value too long');

# ---- how a page is made ----

is(scalar(() = ask($_)->{body} =~ /<h1\b/g), 1, "one headline of the first rank ($_)") for '', 'q=ferry', 'q=xyzzyplugh', 'q=a&n=0', 'q=Dandong&page=9';
like(ask('q=ferry&sort=newest')->{body}, qr{<details open>}, 'the form is open where an order was chosen');
like(ask('q=the&n=1&page=9')->{body}, qr{<a href="\?q=the&amp;n=1">1</a> … <a href="[^"]*page=6">6</a>}, 'there is a way to the first page');
like(ask('q=ferry')->{body}, qr{Order: <b>best match</b> <a [^>]*>newest</a> <a }, 'blanks stand between links');

# Questions as long as may be: the page does not repeat them in each link.
my @words = ref $first && map { /([A-Za-z]{4,})/g } map { s/<[^>]*>//gr } @$first;
# One of quotation marks alone is sixfold in its field.
for my $long (join('+', map { $words[ $_ % @words ] . 'a' x 9 } 1 .. 200) . '+the', 'the+' . '%22' x 3000, 'the+' . '%E4%B8%B9%E4%B8%9C+' x 120, 'the+' . '%26' x 4000,
    'the+since:yesterdayish+' x 100) {
    my $a = answers(ask("q=$long"), 200, 'a long question');
    cmp_ok(length $a->{body}, '<', $long =~ /^the\+%2[26]/ ? 36_000 : 30_000, 'a page of ' . @{ titles($a) } . ' articles for it is small (' . length($a->{body}) . ')');
    like($a->{body}, qr{<h2[^>]*><a href="\?id=\w{32}">}, 'its hits are links') if @{ titles($a) };
    like($a->{body}, qr{<button form="ask" name="page" value="2">2</button>}, 'and its pages buttons of the form') if $a->{body} =~ /of (\d+) articles/ && $1 > 10;
}

# ---- one article ----

my ($uid) = ask('q=forced+repatriation+Dandong')->{body} =~ /\?id=([0-9a-f]{32})/;
$a = answers(ask("id=$uid&q=Dandong"), 200, 'an article');
like($a->{body}, qr{<h1 lang="en" dir="auto">Beijing Resumes Forced Repatriation}, 'has its headline');
like($a->{body}, qr{<p dir="auto">[^<]{80,}</p>\n?.*<p dir="auto">}s, 'and its paragraphs');
like($a->{body}, qr{href="\?q=Dandong">Back to the results}, 'and the way back');
my ($there) = ask('q=the&n=5&page=2&since=2020&sort=newest')->{body} =~ m{<h2[^>]*><a href="\?([^"]+)"};
like(ask($there =~ s/&amp;/&/gr)->{body}, qr{href="\?q=the&amp;n=5&amp;since=2020&amp;sort=newest&amp;page=2">Back to the results}, 'to the very page');
unlike($a->{body}, qr{\Q$ENV{PWD}\E|/corpus/}, 'and not where it lies on the server');

like($a->{body}, qr{<h1 [^>]*>Beijing[^\n]*<mark>Dandong</mark></h1>}, 'the words of the question are marked in the headline');
like($a->{body}, qr{<p dir="auto">[^\n]*<mark>Dandong</mark>}, 'and in the text');
unlike(ask("id=$uid")->{body}, qr{<mark>}, 'without a question nothing is');
my $unmarked = ask("id=$uid")->{body} =~ s/.*<article>//sr;
is(ask("id=$uid&q=Dandong+the")->{body} =~ s/.*<article>//sr =~ s{</?mark>}{}gr =~ s/similar=\w+[^"]*//r, $unmarked =~ s/similar=\w+[^"]*//r, 'marks leave the text as it is');
answers(ask("id=$uid&$_"), 200, "an article, though beside it stands $_") for 'n=0', 'page=-1', 'since=someday', 'sort=size', 'language=..', 'similar=x', 'q=' . 'word+' x 300, 'section=' . 'x' x 300;
like(ask("id=$uid&q=Dandong&since=someday&sort=newest")->{body}, qr{href="\?q=Dandong&amp;sort=newest">Back}, 'what is wrong is not on the way back');
like($a->{body}, qr{<a href="\?similar=$uid" rel="nofollow">More like this</a>}, 'leads to articles like it');
my $like = answers(ask("similar=$uid"), 200, 'articles like one');
cmp_ok(scalar @{ titles($like) }, '>', 0, 'are found');
is(scalar(grep { /Beijing Resumes/ } @{ titles($like) }), 0, 'the article itself is not among them');
like($like->{body}, qr{<title>Articles like Beijing Resumes Forced Repatriation[^<]* - }, 'the window is called so');
like($like->{body}, qr{<h1 class="like">Articles like <a href="\?id=$uid" lang="en" dir="auto">Beijing Resumes Forced}, 'and the way back to it is there');
$a = answers(ask("similar=$uid&q=xyzzyplugh"), 200, 'articles like one, that answer a query that nothing answers');
like($a->{body}, qr{No article that is like that one answers <q dir="auto">xyzzyplugh</q>\.}, 'says so');
$like = answers(ask("similar=$uid&q=flood"), 200, 'articles like one, with a query');
like($like->{body}, qr{similar=$uid}, 'keep it from page to page');
answers(ask('similar=' . 'f' x 32), 404, 'like an article that is not there');
answers(ask('similar=%3Cscript%3E'), 404, 'like something else');

# ---------------------------------------------------------------------------------------------------- JSON

sub json {
    my ($query, %more) = @_;
    my $a = ask("format=json&$query", %more);
    like(header($a, 'content-type'), qr{^application/json; charset=utf-8$}, "JSON is called so ($query)");
    return decode_json($a->{body});
}
my $found = json('q=forced+repatriation+Dandong&n=2');
is($found->{schema}, 'broadsheet.search/1', 'JSON has the schema of the searcher');
is(scalar @{ $found->{hits} }, 2, 'as many hits as wanted');
is($found->{hits}[0]{uid}, $uid, 'with their uids');
ok($found->{hits}[0]{snippets}[0]{marks}[0], 'and snippets');
is(join(' ', grep { /path/ } keys %{ $found->{hits}[0] }), '', 'and not where they lie on the server');
unlike(encode_json($found), qr{corpus/articles}, 'in no field');
is(json("id=$uid")->{uid}, $uid, 'an article is its record');
is(json('q=')->{total}{value}, 0, 'no question finds nothing');
for (['q=a&q=b', 400], ['n=0', 400], ['x=' . 'a' x 70_000, 400], ['index=none', 404], ['', 405, REQUEST_METHOD => 'POST'], ['', 413, CONTENT_LENGTH => 70_000],
    ['', 400, CONTENT_LENGTH => 'many'], ['', 500, BROADSHEET_CONFIG => "$db/XAPIANDB"], ['', 503, BROADSHEET_DB => "$db/none"]) {
    my ($query, $status, @more) = @$_;
    my $a = answers(ask("$query&format=json", @more), $status, 'an error, JSON being asked for: ' . substr($query, 0, 20) . " @more");
    is((eval { decode_json($a->{body}) } // {})->{status}, $status, 'is JSON');
}
is_deeply(json('id=nobody'), { schema => 'broadsheet.error/1', status => 404, error => 'there is no article of that id' },
    'errors are JSON too');

# Where a file lies is told by no name it may have; an id made of it is not published.
my $odd = temp_dir();
my @names = ('two  blanks', "line\nend", "blank at the end ", "\ttab", "no-break\xc2\xa0space", "\xff\xfe", "bidi\xe2\x80\xae", 'plain');
for my $name (@names) {
    spew("$odd/$name/a.txt", "Kestrel\n\nA kestrel over the harbour.\n");
    spew("$odd/$name/b.jsonl", encode_json({ title => 'Kestrel', body => 'Another kestrel.' }) . "\n" . encode_json({ title => 'Kestrel', body => 'A third kestrel.' }) . "\n");
}
runs_ok(indexer('-q', '--db', "$odd/db", map { "$odd/$_" } @names), 'folders of odd names are indexed');
for my $format (qw(json html)) {
    my $a = cgi({ env => { BROADSHEET_DB => "$odd/db" } }, "q=kestrel&n=100&format=$format");
    my @uids = $format eq 'json' ? map { $_->{uid} } @{ decode_json($a->{body})->{hits} } : $a->{body} =~ /\?id=([0-9a-f]{32})/g;
    is(scalar @uids, 3 * @names, "$format: all are found");
    unlike($a->{body}, qr{\Q$odd\E|a\.txt|b\.jsonl}, "$format: without where they lie");
    my @told = grep { cgi({ env => { BROADSHEET_DB => "$odd/db" } }, "id=$_&format=$format")->{body} =~ m{\Q$odd\E|a\.txt|b\.jsonl} } @uids;
    is("@told", '', "$format: nor is it told of one");
}

# An article of any size is shown.
my $large = temp_dir();
spew("$large/a.jsonl", map { encode_json($_) . "\n" } { id => 'one', title => 'Colossus', body => 'Colossus ' . '<' x 4_700_000 },
    { id => 'two', title => 'Colossus', body => "Colossus.\n\n" . "a\n\n" x 600_000, tags => [ ('"') x 50_000 ], captions => [ '&' x 3_000_000 ] });
runs_ok(indexer('-q', '--db', "$large/db", "$large/a.jsonl"), 'large articles are indexed');
for my $id (cgi({ env => { BROADSHEET_DB => "$large/db" } }, 'q=colossus')->{body} =~ /\?id=([0-9a-f]{32})/g) {
    $a = answers(cgi({ env => { BROADSHEET_DB => "$large/db" } }, "id=$id&q=colossus+a"), 200, 'a large article');
    like($a->{body}, qr{<p class="note">The article goes on}, 'its page says that it is cut');
    $a = cgi({ env => { BROADSHEET_DB => "$large/db" } }, "id=$id&format=json");
    is($a->{status}, 200, 'its record');
    cmp_ok(length decode_json($a->{body})->{body}, '>', 1_200_000, 'is whole');
}

# ---------------------------------------------------------------------------------------------------- each status

answers(ask($_->[1]), 400, $_->[0]) for (
    ['a bad date', 'q=a&since=someday'], ['a bad end', 'q=a&until=2023-13'], ['a bad order', 'q=a&sort=size'],
    ['a bad page', 'q=a&page=0'], ['a negative page', 'q=a&page=-1'], ['a page that is none', 'q=a&page=two'],
    ['a page far behind', 'q=a&page=1001'], ['a page beyond numbers', 'q=a&page=99999999999999999999'],
    ['too many at once', 'q=a&n=101'], ['none at once', 'q=a&n=0'], ['a bad format', 'q=a&format=pdf'],
    ['a bad language', 'q=a&language=../../etc'], ['a parameter twice', 'q=a&q=b'],
    ['a query too long', 'q=' . 'a' x 4097], ['too many words', 'q=' . 'word+' x 257],
    ['too many stars', 'q=' . join '+', map { "ab$_*" } 1 .. 9], ['brackets too deep', 'q=' . '(' x 65 . 'a'],
    ['too many parameters', join '&', map { "x$_=1" } 1 .. 101], ['a request too long', 'x=' . 'a' x 70_000],
);
like(ask('q=a&since=someday')->{body}, qr{<p dir="auto">&quot;since&quot; is a date such as}, 'a refusal says what is wrong');
like(ask('q=' . 'word+' x 257)->{body}, qr{more than 256 words}, 'and which limit');
answers(ask('q=a&page=1000'), 200, 'the last page that may be');
answers(ask("id=$_"), 404, "id=$_") for 'f' x 32, 'x', '../../../etc/passwd', uc $uid, "$uid%00", "${uid}0";
answers(ask("q=a&index=$_"), 404, "index=$_") for 'nope', '..', '/etc', '%2e%2e%2f', 'a' x 65;
$a = answers(ask('q=ferry', REQUEST_METHOD => $_), 405, $_), is(header($a, 'allow'), 'GET, HEAD', "$_: says what is allowed")
    for qw(POST PUT DELETE OPTIONS TRACE get), '', 'GET ', '<script>alert(1)</script>';
answers(ask('q=ferry', CONTENT_LENGTH => $_), 413, "a body of $_") for 65_537, '1' . '0' x 20, '0000000000065537';
answers(ask('q=ferry', CONTENT_LENGTH => $_), 400, "a body of '$_'") for -1, 'many', '1e3', '0x10', ' 5', '5 ', '<script>alert(1)</script>';
answers(ask('q=ferry', CONTENT_LENGTH => $_), 200, "a body of '$_'") for 0, '', 5, 65_536, '00005';
answers(cgi({ env => \%env, stdin => 'q=' . 'x' x 100_000 }, 'q=ferry'), 200, 'a body that nobody announced');

my $get  = ask('q=ferry');
my $head = answers(ask('q=ferry', REQUEST_METHOD => 'HEAD'), 200, 'HEAD');
is($head->{body}, '', 'HEAD has no body');
is_deeply($head->{headers}, $get->{headers}, 'and the headers of GET');

my $nowhere = temp_dir();
$a = answers(cgi({ env => { BROADSHEET_DB => "$nowhere/nothing" } }, 'q=ferry'), 503, 'no index');
unlike($a->{body}, qr{\Q$nowhere\E}, 'the page does not say where');
like($a->{stderr}, qr{\Q$nowhere\E}, 'the log does');
is(header($a, 'retry-after'), 60, 'it may be there later');
answers(cgi({ env => { BROADSHEET_DB => "$nowhere/nothing" } }, ''), 503, 'no index, no question');
spew("$nowhere/db/XAPIANDB", "rubbish\n");
$a = answers(cgi({ env => { BROADSHEET_DB => "$nowhere/db" } }, 'q=ferry'), 500, 'a damaged index');
unlike($a->{body}, qr{\Q$nowhere\E}, 'the page does not say where');
like($a->{stderr}, qr{\Q$nowhere\E}, 'the log does');
spew("$nowhere/config", "db = $db\nunknown = 1\n");
$a = answers(cgi({ env => { BROADSHEET_CONFIG => "$nowhere/config" } }, 'q=ferry'), 500, 'a configuration that cannot be used');
unlike($a->{body}, qr{\Q$nowhere\E|unknown}, 'the page does not say why');
like($a->{stderr}, qr{config:2: unknown key "unknown"}, 'the log does');

# ---------------------------------------------------------------------------------------------------- configuration

my $other = temp_dir();
spew("$other/a.jsonl", encode_json({ id => 'one', title => 'A heron in the reeds', body => 'One heron.', url => 'https://example.org/heron' }) . "\n");
runs_ok(indexer('-q', '--db', "$other/db", "$other/a.jsonl"), 'a second index');
spew("$other/config", "title = Herons & <Others>\nstyle-sheet = /look.css\ndb = $db\n[index birds]\ndb = $other/db\ntitle = <b>Birds</b>\n[index gone]\ndb = $other/gone\n");
my %configured = (BROADSHEET_CONFIG => "$other/config");
$a = answers(cgi({ env => \%configured }, 'q=ferry'), 200, 'a configured site');
like($a->{body}, qr{Herons &amp; &lt;Others&gt;}, 'has its title');
like($a->{body}, qr{<link rel="stylesheet" href="/look.css">}, 'and its style sheet');
like(header($a, 'content-security-policy'), qr{style-src 'self'}, 'which the policy lets in');
like($a->{body}, qr{<option value="birds">&lt;b&gt;Birds&lt;/b&gt;}, 'and its indexes to choose from');
like($a->{body}, qr{of 5 articles|of \d+ articles}, 'the first is searched');
$a = answers(cgi({ env => \%configured }, 'q=heron&index=birds'), 200, 'the second index');
is_deeply(titles($a), ['A <mark>heron</mark> in the reeds'], 'is searched by its name');
($uid) = $a->{body} =~ /\?id=([0-9a-f]{32})&amp;q=heron&amp;index=birds"/;
$a = answers(cgi({ env => \%configured }, "id=$uid&index=birds"), 200, 'and its articles shown');
like($a->{body}, qr{<a href="https://example.org/heron" rel="noreferrer nofollow external"}, 'with their addresses');
answers(cgi({ env => \%configured }, "id=$uid"), 404, 'which the first index does not have');
answers(cgi({ env => \%configured }, 'q=heron&index=gone'), 503, 'an index that is configured and not there');
spew("$other/sections", "[index birds]\ndb = $other/db\n");
is_deeply(titles(cgi({ env => { BROADSHEET_CONFIG => "$other/sections" } }, 'q=heron')), ['A <mark>heron</mark> in the reeds'],
    'without a db of its own the first section is searched');
spew("$other/paths", "db = $other/db\nshow-paths = yes\n");
like(cgi({ env => { BROADSHEET_CONFIG => "$other/paths" } }, "id=$uid")->{body}, qr{File: <bdi>\Q$other\E/a\.jsonl</bdi>}, 'show-paths = yes shows where an article lies');
like(cgi({ env => { BROADSHEET_CONFIG => "$other/paths" } }, 'q=heron&format=json')->{body}, qr{"path": "\Q$other\E/a\.jsonl"}, 'in JSON too');
for my $bad ('javascript:alert(1)', "/a;script-src *", '//evil.example/x', '?x', 'http://example.org/a.css', 'https://', 'https:///a.css', 'HTTPS:/x', 'a.css') {
    spew("$other/bad", "db = $db\nstyle-sheet = $bad\n");
    answers(cgi({ env => { BROADSHEET_CONFIG => "$other/bad" } }, 'q=ferry'), 500, "style-sheet = $bad");
}

# ---------------------------------------------------------------------------------------------------- attacks

# An article that is an attack in every field.
my $xss = q{<script>alert(1)</script><img src=x onerror=alert(1)>"'>]]>&} . "\x{1}\x{202e}\x{7f}";
my $evil = temp_dir();
my @records = map { {
    id => "e$_", title => "Needle $xss", body => "Needle $xss in the body. $xss", deck => $xss, authors => [ $xss, 'x' x 5000 ], source => $xss,
    section => $xss, tags => [$xss], captions => [$xss], language => $_ == 2 ? '"><script>alert(1)</script>' : 'en',
    url => ('javascript:alert(1)', 'data:text/html,<script>alert(1)</script>', 'https://example.org/"><script>alert(1)</script>',
        "java\tscript:alert(1)", '//evil.example/', 'JaVaScRiPt:alert(1)', "\x{1}javascript:alert(1)")[ $_ - 1 ],
    dateline => $xss, $xss => $xss,
} } 1 .. 7;
spew("$evil/<script>alert(1)</script>.jsonl", map { encode_json($_) . "\n" } @records) if mkdir "$evil/<script>alert(1)<";
spew("$evil/needle \$(x) `x` '\".txt", "Needle <script>alert(1)</script>\n\nNeedle in <b>text</b> & more \xff\xfe \x1b[31m.\n");
my $r = indexer('-q', '--db', "$evil/db", "$evil/<script>alert(1)<", "$evil/needle \$(x) `x` '\".txt");
ok(defined $r->{status} && ($r->{status} == 0 || $r->{status} == 65), 'articles full of markup are indexed') or diag($r->{stderr});
my %at_evil = (BROADSHEET_DB => "$evil/db");
$a = answers(cgi({ env => \%at_evil }, 'q=needle'), 200, 'articles full of markup');
is(scalar @{ titles($a) }, 8, 'all are shown');
like($a->{body}, qr{&lt;script&gt;alert\(1\)&lt;/script&gt;&lt;img src=x onerror=alert\(1\)&gt;&quot;&#39;&gt;}, 'as text');
for my $id ($a->{body} =~ /\?id=([0-9a-f]{32})/g) {
    my $shown = answers(cgi({ env => \%at_evil }, "id=$id&q=needle"), 200, "the article $id");
    unlike($shown->{body}, qr{href="(?!https?://|\?|/[^/])}i, 'has no address but of the web');
    answers(cgi({ env => \%at_evil }, "id=$id&format=json"), 200, "its record");
}
ok(eval { decode_json(cgi({ env => \%at_evil }, 'q=needle&format=json')->{body}); 1 }, 'JSON of them can be read');

# Every parameter with markup, alone and beside an error; empty, without "=", odd bytes at either end.
@names = qw(q index page n sort since until language format id duplicates section source author tags similar);
my $markup = encode_param(q{"><script>alert(1)</script><b onmouseover=alert(1)>' });
my (@unsafe, @failed, $asked);
sub survives {
    my ($query, %more) = @_;
    my $a = ask($query, %more);
    $asked++;
    push @failed, "$query: status " . ($a->{status} // '-') . ", exit " . ($a->{exit} // "signal $a->{signal}")
        if ($a->{exit} // 1) != 0 || $a->{status} !~ /^(?:200|400|404|413)$/;
    my $unsafe = (header($a, 'content-type') // '') =~ /json/ ? '' : page_is_safe($a);
    push @unsafe, "$query: $unsafe" if $unsafe;
    return $a;
}
for my $name (@names) {
    survives("$name=$markup");
    survives("$name=$markup&q=ferry&since=bad") if $name !~ /^(?:q|since)$/;
    survives("$name=$markup&page=$markup") if $name ne 'page';
    survives($_) for "$name=", $name, "=$name", "$name&$name", "$name=%", "$name=%4", "$name=%zz", "%$name=1";
    if (!under_valgrind()) {
        survives("$name=$_" . 'en' . $_) for qw(%00 %09 %0a %0d %a0 %c2%a0 %ef%bb%bf %e2%80%ae %ff %c0%80);
    }
}
survives($_) for '&', '&&&', '%', '=', '%=%', '+', '?', "\xff\xfe", '&' x 60_000, '%00' x 20_000, 'q=' . '%' x 4000, 'q=' . '%ff' x 5000,
    "-c/dev/zero", '-d+allow_url_include', '-s', '--help', "q=$xss" =~ s/[^\x00-\x7f]//gr, 'q=ferry;id=1', 'q=`id`$(id)|id;id';
survives('q=' . 'a' x $_) for 1, 100, 4096, 65_533, 65_534, 65_535, 100_000;
survives(join '&', map { "a$_=" } 1 .. $_) for 99, 100, 101, 9999;
is_deeply(\@failed, [], "$asked odd requests: an answer, or a refusal") or diag(join "\n", @failed);
is_deeply(\@unsafe, [], 'in none of which anything of theirs is markup');

# Arguments, cookies, other headers: nothing changes.
my $plain = ask('q=ferry');
$r = cgi({ program => [ program('search.cgi'), '-c/dev/zero', '-d', '--help', 'q=Dandong' ], env => \%env }, 'q=ferry');
is($r->{body}, $plain->{body}, 'arguments are not looked at');
$r = ask('q=ferry', HTTP_COOKIE => 'q=<script>alert(1)</script>', HTTP_PROXY => 'http://evil.example/', HTTP_HOST => '"><script>alert(1)</script>',
    HTTP_USER_AGENT => '() { :;}; echo vulnerable', HTTP_X_FORWARDED_HOST => 'evil.example', HTTP_REFERER => 'javascript:alert(1)',
    HTTP_ACCEPT_LANGUAGE => '<script>alert(1)</script>', PATH_INFO => '/"><script>alert(1)</script>', SCRIPT_NAME => '"><script>alert(1)</script>',
    REMOTE_USER => '<script>', PATH_TRANSLATED => '/etc/passwd', HTTP_BROADSHEET_DB => '/etc');
is($r->{body}, $plain->{body}, 'cookies, headers and names of the server are not looked at');
is_deeply($r->{headers}, $plain->{headers}, 'nor repeated in headers');
is(ask("q=a%0d%0aSet-Cookie:%20x=1")->{headers}{'set-cookie'}, undef, 'a line end in a parameter makes no header');
$r = cgi({ env => { %env, map { $_ => undef } qw(QUERY_STRING REQUEST_METHOD SERVER_NAME GATEWAY_INTERFACE) } });
is($r->{status}, 200, 'without any environment it is the form');

# ---------------------------------------------------------------------------------------------------- damaged indexes

my $broken = temp_dir() . '/db';
my $files  = tree_files($db);
spew("$broken/$_", $files->{$_}) for keys %$files;
my @parts = grep { !m{(?:^|/)(?:lock|flintlock)$} } sort keys %$files;
srand 20231013;
my (@bad, %statuses);
for my $n (1 .. (under_valgrind() ? 10 : under_sanitizers() ? 40 : 120)) {
    my $name  = $parts[ $n % @parts ];
    my $bytes = $files->{$name};
    next if !length $bytes;
    if ($n % 3) { my $at = int rand($n % 2 ? length $bytes : 64) % length $bytes; substr($bytes, $at, 1) ^= chr 1 << int rand 8 }
    else        { $bytes = substr $bytes, 0, int rand length $bytes }
    spew("$broken/$name", $bytes);
    my $a = cgi({ env => { BROADSHEET_DB => $broken }, timeout => 30 }, ('q=forced+repatriation+Dandong', '', "id=$uid", 'q=ferry&sort=newest')[ $n % 4 ]);
    $statuses{ $a->{status} // '-' }++;
    push @bad, "$name: status " . ($a->{status} // '-') . ", signal $a->{signal}" if ($a->{status} // '') !~ /^(?:200|400|404|500|503)$/ || $a->{exit} != 0;
    push @bad, "$name: the page says where" if index($a->{body}, $broken) >= 0;
    push @bad, "$name: the log does not say where" if $a->{status} =~ /^50/ && index($a->{stderr}, $broken) < 0;
    spew("$broken/$name", $files->{$name});
}
is_deeply(\@bad, [], 'damaged indexes: an answer, or 500 and the reason in the log (' . join(', ', map { "$statuses{$_} times $_" } sort keys %statuses) . ')');

# ---------------------------------------------------------------------------------------------------- limits of the process

# A request that takes too long: the clock of the processor's time is moved by hand, while it waits for a configuration.
SKIP: {
    skip 'valgrind has the signal to itself', 1 if under_valgrind();
    POSIX::mkfifo("$other/fifo", 0600) or die "mkfifo: $!";
    my $run_late = sub {
        my (%more) = @_;
        my $waiting = start(program('search.cgi'), { env => { BROADSHEET_CONFIG => "$other/fifo", QUERY_STRING => 'q=a', %more }, timeout => 20 });
        my $caught = '0';
        for (1 .. 100 * patience(1)) {
            ($caught) = slurp("/proc/$waiting->{pid}/status") =~ /^SigCgt:\s+(\w+)/m;
            last if hex($caught) & 1 << POSIX::SIGPROF() - 1;
            Time::HiRes::sleep(0.02);
        }
        kill 'PROF', $waiting->{pid};
        return finish($waiting);
    };
    my $r = $run_late->();
    is($r->{status}, 0, 'a request that takes too long ends') or diag("signal $r->{signal} $r->{stderr}");
    like($r->{stdout}, qr/\AStatus: 400 Bad Request\n.*^X-Content-Type-Options: nosniff\n.*\n\n/ms, 'with 400');
    like($r->{stdout}, qr/more than 10 seconds of the processor&#39;s time/, 'naming the limit');
    $r = $run_late->(QUERY_STRING => 'q=a&format=json');
    like($r->{stdout}, qr/\AStatus: 400 Bad Request\n.*application\/json.*\n\n\{.*more than 10 seconds.*\}\n\z/s, 'as JSON where that is asked for');
    $r = $run_late->(REQUEST_METHOD => 'HEAD');
    like($r->{stdout}, qr/\AStatus: 400 Bad Request\n(?:[^\n]+\n)+\n\z/, 'HEAD has no body');
}

# A body that comes a byte at a time is waited for so long and no longer.
{
    POSIX::mkfifo("$other/body", 0600) or die "mkfifo: $!";
    my $feeder = fork // die "fork: $!";
    if ($feeder == 0) {
        open my $to, '>', "$other/body" or POSIX::_exit(1);
        for (1 .. 300) { syswrite $to, 'x'; Time::HiRes::sleep(0.1) }
        POSIX::_exit(0);
    }
    my $began = Time::HiRes::time();
    my $r = run('/bin/sh', '-c', 'exec "$0" <"$1"', program('search.cgi'), "$other/body", { env => { %env, QUERY_STRING => 'q=ferry', CONTENT_LENGTH => 60_000 } });
    my $took = Time::HiRes::time() - $began;
    like($r->{stdout}, qr/\AStatus: 200 OK/, 'a body that trickles is given up');
    cmp_ok($took, '<', patience(8), sprintf 'after a few seconds (%.1f)', $took);
    kill 'TERM', $feeder;
    waitpid $feeder, 0;
}

# A reader that goes away, a full disk.
$r = run(program('search.cgi'), { env => { %env, QUERY_STRING => 'q=ferry' }, stdout => '/dev/full' });
is($r->{status}, 74, 'an answer that cannot be written ends with 74') if -e '/dev/full';

done_testing();
