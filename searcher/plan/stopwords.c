/* stopwords.c - words that say nothing about what is looked for
 *
 * Articles, pronouns, prepositions, conjunctions, auxiliaries and words that ask, in the normal form of words.h.
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "config.h"

#include "searcher/plan/stopwords.h"

#include <string.h>

/* A blank before and behind each word. */
struct list {
    const char *language;
    const char *words;
};

static const struct list lists[] = {
    {"ar",
     " اذا التي الذي الذين اللتان اللذان الي اليه اليها ام اما ان انا انت انه انها او اي ايضا اين ايه بعد بعض بل "
     "به بها بين تكون تلك ثم حتي حول حيث خلال ذلك ضد علي عليه عليها عما عن عند عندما غير في فيه فيها قبل قد كان "
     "كانت كانوا كل كم كما كيف لا لدي لقد لكن لم لماذا لن له لها لو ليس ليست ما ماذا متي مثل مع مما من منذ منه "
     "منها نحن نحو هذا هذه هل هم هن هنا هناك هو هي و يكون "},
    {"cs",
     " a aby ale ani ano asi az bez bude budou by byl byla byli bylo byt ci co coz cz dalsi do ho i jak jake "
     "jaky je jeho jej jeji jejich jen jeste ji jine jiz jsem jsi jsme jsou jste k kam kde kdo kdy kdyz ke "
     "ktera ktere kteri kterou ktery ma mam mate me mezi mi mit mne mnou muj muze my na nad nam nas ne nebo "
     "necht nejaky neni nez nic nich nim o od on ona oni ono pak po pod podle pokud pouze pred pres pri pro "
     "proc proto protoze s se si sice sve svuj ta tak take takze tato te tedy ten tento teto tim timto to toho "
     "tohoto tom tomto toto tu tuto ty tyto u uz v vam vas ve vice vsak vy z za zda zde ze "},
    {"da",
     " af alle alt anden at blev bliver da de dem den denne der deres det dette dig din disse dog du efter eller "
     "en er et for fra ham han hans har havde hende hendes her hos hun hvad hvem hver hvilke hvilken hvilket "
     "hvis hvor hvordan hvorfor hvornar i ikke ind jeg jer jo kunne man mange med meget men mig min mine mit "
     "mod nar ned noget nogle nu og ogsa om op os over pa sadan selv sig sin sine sit skal skulle som til ud "
     "under vaere vaeret var vi vil ville vor "},
    {"de",
     " ab aber alle allem allen aller alles als also am an ander andere anderem anderen anderer anderes auch auf "
     "aus bei beim bin bis bist da dabei dadurch damit dann das dass dein deine dem den denn der deren des "
     "dessen dich die dies diese diesem diesen dieser dieses dir doch dort du durch ein eine einem einen einer "
     "eines er es etwas euch euer eure fur gegen hab habe haben hat hatte hatten hier hin hinter ich ihm ihn "
     "ihnen ihr ihre ihrem ihren ihrer ihres im in indem ins ist ja jede jedem jeden jeder jedes jene jenem "
     "jenen jener jenes jetzt kann kein keine keinem keinen keiner konnen konnte machen man manche mancher mehr "
     "mein meine mich mir mit muss musste nach nicht nichts noch nun nur ob oder ohne sehr sein seine seinem "
     "seinen seiner seines seit selbst sich sie sind so solche solcher soll sollte sondern sonst sowie uber um "
     "und uns unser unsere unter vom von vor wahrend wann war waren warst warum was weg weil weiter welche "
     "welchem welchen welcher welches wem wen wenn wer werde werden wessen wie wieder wieso wieviel will wir "
     "wird wirst wo wofur woher wohin wollen wollte womit worden wurde wurden zu zum zur zwar zwischen "},
    {"el",
     " ακομα αλλα αν απο αυτα αυτεσ αυτη αυτην αυτησ αυτο αυτοι αυτον αυτοσ αυτου αυτουσ αυτων αφου για γιατι "
     "δεν δηλαδη εαν εγω εδω ειμαι ειναι ειτε ειχαν ειχε εκει εκεινη εκεινο εκεινοσ εμεισ ενα ενασ ενοσ επειδη "
     "εσεισ εσυ εχει εχουν η ηταν θα καθε και καποια καποιο καποιοσ κατα κι μασ με μετα μεχρι μη μην μια μιασ "
     "μου να ο οι ολα ολεσ ολη ολο ολοι ομωσ οπωσ οσο οταν οτι ουτε παρα πιο ποια ποιεσ ποιο ποιοι ποιοσ ποιων "
     "πολυ ποσα ποσεσ ποσο ποσοι ποτε που πριν προσ πωσ σασ σε σου στα στη στην στισ στο στον στου στουσ στων "
     "τα την τησ τι τισ το τον του τουσ των χωρισ ωσ "},
    {"en",
     " a about above after again against all also although am among an and any are aren't as at be because been "
     "before being below between both but by can can't cannot could did didn't do does doesn't doing don't down "
     "during each either etc ever every few for from further had has have having he her here hers herself him "
     "himself his how however i if in into is isn't it its itself just let may me might more most much must my "
     "myself neither no nor not of off on once only or other our ours ourselves out over own per rather same "
     "shall she should since so some such than that the their theirs them themselves then there these they this "
     "those though through thus to too under unless until up upon very via was wasn't we were weren't what when "
     "where whether which while who whom whose why will with within without won't would yet you your yours "
     "yourself "},
    {"es",
     " a al algo algunas algunos ante antes aquel aquella aquellas aquello aquellos asi aun aunque cada como con "
     "contra cual cuales cuando cuanta cuantas cuanto cuantos de del desde donde durante e el ella ellas ellos "
     "en entre era eran eres es esa esas ese eso esos esta estaba estan estas este esto estos fue fueron ha "
     "habia habian han hasta hay hemos la las le les lo los mas me mediante mi mis mucho muchos muy nada ni no "
     "nos nosotros nuestra nuestro o os otra otras otro otros para pero poco por porque que quien quienes se "
     "segun ser sera si sido siendo sin sino sobre son su sus suya suyo tambien tan tanto te tener tiene tienen "
     "toda todas todo todos tras tu tuvo un una unas uno unos vosotros y ya yo "},
    {"fa",
     " از است اما ان انها او ايشان اين اگر با بايد بدون بر براي به بود بودند بين تا تو تواند خود دارد دارند داشت "
     "در درباره را روي زير شد شدند شده شما كجا كدام كرد كردند كرده كه كي ما مانند مثل من ميشود نيز نيست ها هاي "
     "هر هست هستند هم همه هيچ و ولي يا يك پس پيش چرا چند چه چگونه "},
    {"fi",
     " ehka ei eivat emme en enemman ennen ensi enta etta han hanen hanta heidan heita hyvin itse ja jalkeen jo "
     "jois joissa joita joka jolla jolle jolloin jonka jos joskus jossa josta jota jotka jotta kanssa keita "
     "kenelle kenen keta ketka koska koskaan kuin kuinka kuka kun me meidan mihin mika miksi milloin mina minka "
     "minkalainen minne minulla minun missa mista mita miten mitka monta mukaan mutta myos naiden nain nama ne "
     "niiden niin niita noin nuo nyt ole olemme olet olette oli olin olisi olivat olla ollut on onko ovat "
     "paljon saakka se seka sen siella siina siita sina sita sitten tai tama taman tassa tasta tata te tuo vaan "
     "vai vaikka vain viela vuoksi yli "},
    {"fr",
     " a afin ai ainsi alors apres as au aucun aucune auquel aura aussi autre autres aux avaient avait avant "
     "avec avez avoir c ce ceci cela celle celles celui ces cet cette ceux chaque chez comme comment contre d "
     "dans de depuis des desquels donc dont du duquel durant elle elles en encore entre es est et etaient etait "
     "etant ete etre eu eux furent fut grace hors il ils j je jusqu jusque l la laquelle le lequel les "
     "lesquelles lesquels leur leurs lors lorsque lui m ma mais malgre me meme memes mes moi moins mon n ne ni "
     "nos notre nous on ont or ou par parce pas pendant peu peut plus pour pourquoi puis qu quand quel quelle "
     "quelles quels qui quoi s sa sans se selon ses si sien soi soit son sont sous sur t ta tandis tant te tels "
     "tes toi ton tous tout toute toutes tres tu un une vers vos votre vous y "},
    {"he",
     " אבל או אותה אותו אותם אחרי איזה איזו איך אילו אין איפה אך אל אלה אלו אם אנחנו אני אשר את אתה אתם בה בהם "
     "בו בין גם הוא היא היה היו הייתה היכן הם הן זאת זה זו ידי יהיה יותר יש כאשר כדי כי כיצד כל כמה כמו לא לה "
     "להיות להם לו למה לפי לפני מאוד מדוע מה מי מתי עד עוד על עם רק שבה שבו של שלה שלהם שלו תחת "},
    {"hi",
     " अपना अपनी अपने आप इन इस इसकी इसके उन उस उसकी उसके ऊपर एक और कब कर करता करते करने कहाँ कहां का कि कितना "
     "कितनी कितने किया किस किसका किसकी किसके किसने किसे की कुछ के कैसे को कोई कौन क्या क्यों गई गए गया जब जाता "
     "जाती जाते जिन जिस जिसका जिसकी जिसके जिसे जो तक तब तुम तो था थी थे द्वारा न नहीं नीचे ने पर पहले बाद बीच "
     "भी में मैं यह या ये रहा रही रहे लिए वह वाला वाली वाले वे साथ से हम ही हुआ हुई हुए है हैं हो होता होती "
     "होते "},
    {"hu",
     " a abban ahhoz ahogy ahol aki akik akkor alatt amely amelyek amelyet ami amikor amit annak arra az azert "
     "azok azon azt azzal be benne csak de e egy egyik el elo elott emellett en ennek erre es ez ezek ezt fel "
     "ha hanem hany hogy hogyan hol honnan hova ide igen igy ilyen is itt ki kik kit le lehet lenni lesz maga "
     "mar mas meg mellett mely melyik mennyi mert mi miert mik mikor milyen mint mit most nagyon ne nekem neki "
     "nem nincs o ok olyan ossze ott pedig s sajat sem sok szamara szerint talan te tehat ti tobb utan utana "
     "vagy valaki valami van vannak vele vissza volna volt voltak "},
    {"id",
     " ada adalah agar akan aku anda antara apa apakah atas atau bagaimana bagi bahwa banyak beberapa belum "
     "berapa bila bisa bukan dalam dan dapat dari dengan di dia hanya harus hingga ia ini itu jadi jika juga "
     "kami kamu kapan karena ke kepada ketika kita lagi lain lalu lebih maka mana masih mengapa menjadi mereka "
     "oleh pada para pernah saat saja sampai sangat saya sebagai sebuah secara sedang sejak selama semua "
     "seorang seperti serta siapa suatu sudah supaya tanpa tapi telah tentang terhadap tersebut tetapi tidak "
     "untuk yaitu yakni yang "},
    {"it",
     " a ad agli ai al alla alle allo anche avere aveva avevano c che chi ci cio coi col come con contro cosa "
     "cui d da dagli dai dal dalla dalle dallo degli dei del dell della delle dello di dopo dove dunque e ed "
     "egli ella era erano essa esse essere essi esso fino fra fu furono gli ha hai hanno ho i il in io l la le "
     "lei li lo loro lui ma me mentre mi mia mio molto ne negli nei nel nella nelle nello no noi non nostra "
     "nostro o ogni oltre per perche percio pero piu poi presso prima qual quale quali quando quanta quante "
     "quanti quanto quel quella quelle quelli quello questa queste questi questo qui se secondo sei senza si "
     "sia siamo sono sopra sotto sta stata state stati stato su sua sue sugli sui sul sulla sulle sullo suo "
     "suoi ti tra tu tua tuo tutti tutto un una uno v verso vi voi vostro "},
    {"nl",
     " aan al alle als andere bij daar dan dat de der deze die dit doch doen door dus een eens en er ge geen "
     "geweest haar had hadden heb hebben heeft hem het hier hij hoe hoeveel hun ik in is ja je kan kon kunnen "
     "maar me meer men met mij mijn moet na naar niet niets nog nu of om omdat onder ons ook op over reeds te "
     "tegen toch toen tot tussen u uit uw van veel voor waar waarom wanneer want waren was wat we wel welk "
     "welke werd werden wezen wie wij wil worden wordt zal ze zelf zich zij zijn zo zonder zou "},
    {"no",
     " alle at av bare begge ble blei bli blir da de deg dei deim deira deires dem den denne der dere deres det "
     "dette di din disse ditt du eg ei ein eit eller en er et etter for fordi fra ha hadde han hans har hennar "
     "henne hennes her hja ho hun hva hvem hver hvilke hvilken hvilket hvis hvor hvordan hvorfor i ikke ikkje "
     "inn ja jeg kan kom korleis kunne kven kvi man mange me med medan meg meget mellom men mi min mine mitt "
     "mot mykje na nar ned no noe noen nokon og ogsa om opp oss over pa sa sann seg selv si sia sin sine sitt "
     "skal skulle slik som somme til um upp ut uten vaere vaert var vart ved vere vi vil ville vore "},
    {"pl",
     " a aby ale ani az bardzo beda bedzie bez bo by byc byl byla bylo byly ci co czego czemu czy czyli dla do "
     "gdy gdzie go i ich ile im inne innych iz ja jak jaka jaki jakie jako je jego jej jesli jest jestem "
     "jeszcze juz kiedy kogo komu kto ktora ktore ktorego ktorej ktory ktorych ktorym ktorzy ku lub ma maja mi "
     "mnie moze my na nad nam nas nasz nic nich nie niej nim niz o od on ona one oni ono oraz pan po pod "
     "podczas poniewaz poza przed przez przy sa sie skad swoje ta tak takze tam te tego tej ten tez to tu ty "
     "tych tylko tym u w wam was we wedlug wiec wszystko wy z za zas ze "},
    {"pt",
     " a ao aos aquela aquelas aquele aqueles aquilo as ate com como contra da das de dela delas dele deles "
     "depois desde do dos e ela elas ele eles em enquanto entre era eram essa essas esse esses esta estao estas "
     "estava este estes eu foi for foram fosse ha isso isto ja lhe lhes mais mas me mesmo meu meus minha minhas "
     "muito muitos na nao nas nem no nos nossa nosso num numa o onde os ou para pela pelas pelo pelos perante "
     "por porque quais qual qualquer quando quanta quantas quanto quantos que quem sao se segundo seja sem ser "
     "sera seu seus so sob sobre sua suas tambem te tem ter teu tinha toda todas todo todos tu tua um uma umas "
     "uns voce voces vos "},
    {"ro",
     " a acea aceasta aceea acei aceia acel acela acele acelea acest acesta aceste acestea acesti acestia acolo "
     "acum ai aici al ale alt alta alte am ar are as asa asupra au avea avem aveti azi ca caci cand care carei "
     "caror carui cat cate cati catre ce cel ceva chiar cine cineva cu cui cum cumva da daca dar de deci deja "
     "desi despre din dintre doar dupa ea ei el ele era este eu fara fi fie fiecare fiind fost iar ii il imi in "
     "inainte intre intru isi iti la le li lor lui mai mea mei mele mi mult multe multi ne nici noi nostri "
     "nostru nu o or ori pe pentru peste prea prin s sa sale sau se si sint sub sunt te toata toate tot toti tu "
     "un una unde unei unele uneori unii unor unui unul va vi voi vor vreo "},
    {"ru",
     " а без более бы был была были было быть в вам вас весь во вот все всего всех вы где да даже для до его ее "
     "если есть еще же за здесь и из или им их к каждый как какая какие каким каких какого какое какой каком "
     "какую когда кого кому которая которого которое которой котором которые который которым которых кто куда "
     "ли либо лишь между меня мне много может можно мой мы на над надо наш не него нее нет ни них но ну о об "
     "однако он она они оно от откуда очень по под после потому почему при про с сам самый своего своей своих "
     "свой себя сколько со так также такие такой там те тем то того тоже той только том тот ту тут ты у уже "
     "хотя чего чей чем через что чтобы чье чья эта эти этим этих это этого этой этом этот эту я является "
     "являются "},
    {"sv",
     " alla allt an ar at att av blev bli blir blivit da dar de dem den denna deras dess dessa det detta dig din "
     "dina ditt du efter ej eller en er era ert ett for fran ha hade han hans har henne hennes hon honom hur i "
     "icke ingen inom inte jag ju kan kunde man med mellan men mig min mina mitt mot mycket nagon nagot nagra "
     "nar ni nu och om oss over pa sa sadan sadana samma sedan sig sin sina sitta sjalv skulle som till under "
     "upp ut utan vad var vara varfor varit varje vars vart vem vems vi vid vilka vilkas vilken vilket "},
    {"tr",
     " acaba ama ancak bana bazi belki ben benden beni benim beri bile bir biraz bircok biri birkac biz bizden "
     "bizi bizim bu buna bunda bundan bunlar bunu bunun cok cunku da daha dahi de defa degil diye dolayi eger "
     "en gibi gore hangi hangisi hatta hem hep hepsi her hic icin ile ilgili ise iste kac kacta kadar karsi "
     "kendi kez ki kim kime kimi kimin mi mu nasil ne neden nedir nerede nereden nereye nesi nicin niye o olan "
     "olarak oldu oldugu olmak olur ona ondan onlar onlarin onu onun oturu oysa ragmen sadece sanki sen senin "
     "sey siz sizin sonra su suna sunu tum uzere var ve veya ya yani yok zaten "},
    {"uk",
     " а але б без би був була були було бути в вам вас весь вже ви вона вони воно все всі всіх від він де для "
     "до ж же з за зі й його кого коли кому котра котрий куди ледве лише мене мені ми може між мій на над нам "
     "нас наш не ну ні ніж о об однак ось по при про під після ради саме своє своєї свій себе скільки собі та "
     "так також там те теж ти тим тих то тобі того той тому тут тільки у хоча хто це цей цих цього цьому ця ці "
     "цій через чи чий чим чия чому що щоб щодо я як яка яке який яких якого якому якою якої якщо які є і із "
     "інші їх її "},
    {"vi",
     " ai bao bi boi cac chi cho co con cua cung da dang dau de den do duoc duoi gi giua hay hoac hon khi khong "
     "la ma may mot nao nay nguoi nhat nhieu nhu nhung o ra rang rat sao sau se tai theo thi tren trong truoc "
     "tu va van ve vi voi "},
};

#define LISTS (sizeof lists / sizeof *lists)

const char *
stopwords_list(size_t i)
{
    return i < LISTS ? lists[i].words : NULL;
}

static const struct list *
find(const char *language)
{
    const size_t primary = strcspn(language, "-_");
    if (primary == 2 && (memcmp(language, "nb", 2) == 0 || memcmp(language, "nn", 2) == 0))
        return find("no"); /* both ways to write Norwegian */
    for (size_t i = 0; i < LISTS; i++)
        if (strlen(lists[i].language) == primary && memcmp(lists[i].language, language, primary) == 0)
            return &lists[i];
    return NULL;
}

const char *
stopwords_find(const char *language)
{
    const struct list *list = find(language);
    return list ? list->language : NULL;
}

bool
stopwords_has(const char *language, const char *term, size_t len)
{
    const struct list *list = find(language);
    char word[STOPWORDS_LETTERS + 3];
    if (!list || len == 0 || len > STOPWORDS_LETTERS || memchr(term, ' ', len))
        return false;
    word[0] = ' ';
    memcpy(word + 1, term, len);
    word[len + 1] = ' ';
    word[len + 2] = '\0';
    return strstr(list->words, word) != NULL;
}
