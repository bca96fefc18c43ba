"""Which characters each bundled family draws."""

from __future__ import annotations

import unicodedata

ASCII = set(range(0x20, 0x7F))
MARKS = set(range(0x300, 0x330)) | {0x331, 0x332, 0x335, 0x338}
DIGITS = set(range(0x30, 0x3A))
NAME_PUNCTUATION = set(map(ord, " -'.,()’‘ʼʻ\u00a0"))
BASIC = ASCII | set(map(ord, "\u2010\u00a0–—‘’“”…•·°×½¼¾≤≥±−€£©\u2009\u2011\u202f"))
LETTERS = set(range(0x41, 0x5B)) | set(range(0x61, 0x7B))
VIETNAMESE = set(range(0x1EA0, 0x1EFA)) | set(map(ord, "ƠơƯưĂăĐđĨĩŨũÀÁÂÃÈÉÊÌÍÒÓÔÕÙÚÝàáâãèéêìíòóôõùúý"))
VIETNAMESE |= LETTERS | NAME_PUNCTUATION
LATIN = ASCII | set(range(0xA0, 0x180)) | VIETNAMESE | MARKS
LATIN |= set(range(0x1E00, 0x1EA0)) - set(range(0x1E9A, 0x1E9E)) | {0x1E9E}
LATIN |= set(map(ord, "ȘșȚțƏəƉƊɖɗƁɓƘƙƳƴƐɛƆɔƝɲŊŋǍǎǏǐǑǒǓǔǗǘǙǚǛǜǕǖǦǧǨǩǪǫȲȳǸǹ‘’ʼʻ–—…")) | set(range(0x2000, 0x2012))
RARE = set(range(0x180, 0x250)) | set(range(0x250, 0x2B0)) | set(range(0x2C60, 0x2C80)) | MARKS | NAME_PUNCTUATION
CYRILLIC = set(range(0x400, 0x460)) | {0x490, 0x491, 0x301} | DIGITS | NAME_PUNCTUATION | set(map(ord, "№«»–—…“”„"))
MORE_CYRILLIC = set(range(0x400, 0x530)) | MARKS | NAME_PUNCTUATION
GREEK = set(range(0x370, 0x3D0)) | DIGITS | NAME_PUNCTUATION | set(map(ord, "«»–—…“”„·"))
MORE_GREEK = set(range(0x370, 0x400)) | set(range(0x1F00, 0x2000)) | NAME_PUNCTUATION
MORE_GREEK |= {0x300, 0x301, 0x308, 0x313, 0x314, 0x342, 0x345}
MORE_ATKINSON = set(range(0xA0, 0x250)) | set(range(0x1E80, 0x1E86)) | {0x1E9E, 0x1EF2, 0x1EF3}
MORE_ATKINSON |= set(range(0x2000, 0x2200))
ARROWS = set(map(ord, "→←↑↓↔↺↻≠≈"))
SIGNS = set(map(ord, "✓✔✗✕☐☑☒☎⚠☆★○●■□▪◆▲▼►"))


def pick(*blocks: tuple[int, int], also: str = "", without: str = "") -> set[int]:
    """Return the letters, marks and digits of ranges of code points, with the characters of ``also``."""
    every = {code for first, last in blocks for code in range(first, last + 1)}
    found = {code for code in every if unicodedata.category(chr(code)) in {"Lu", "Ll", "Lm", "Lo", "Mn", "Mc", "Nd"}}
    return (found | set(map(ord, also))) - set(map(ord, without))


def read_rows(codec: str, first: int, last: int) -> set[int]:
    """Return the characters of rows of a national character set with 94 cells to the row."""
    cells = (bytes((0xA0 + row, cell)) for row in range(first, last + 1) for cell in range(0xA1, 0xFF))
    return {ord(char) for char in (cell.decode(codec, "ignore") for cell in cells) if char}


def read_common_big5() -> set[int]:
    """Return the characters of level 1 of Big5."""
    codes = (code for code in range(0xA440, 0xC67F) if 0x40 <= code & 0xFF <= 0x7E or 0xA1 <= code & 0xFF <= 0xFE)
    return {ord(code.to_bytes(2, "big").decode("big5")) for code in codes}


IN_SHAPED = NAME_PUNCTUATION | {0x200C, 0x200D}
DANDAS = "।॥"
HEBREW = pick((0x5B0, 0x5C2), (0x5C7, 0x5F2), also="־׳״") | IN_SHAPED
ARABIC = pick((0x620, 0x6D5), (0x6EE, 0x6FF), (0x750, 0x77F), also="،؛؟۔۽۾") | IN_SHAPED
DEVANAGARI = pick((0x901, 0x952), (0x955, 0x97F), also=DANDAS + "॰") | IN_SHAPED
BENGALI = pick((0x980, 0x9F1), also=DANDAS) | IN_SHAPED
GUJARATI = pick((0xA81, 0xAEF), also=DANDAS + "૰") | IN_SHAPED
GURMUKHI = pick((0xA01, 0xA75), also=DANDAS) | IN_SHAPED
ORIYA = pick((0xB01, 0xB71), also=DANDAS) | IN_SHAPED
TAMIL = pick((0xB82, 0xBEF), also=DANDAS) | IN_SHAPED
TELUGU = pick((0xC00, 0xC6F), also=DANDAS) | IN_SHAPED
KANNADA = pick((0xC80, 0xCF2), also=DANDAS) | IN_SHAPED
MALAYALAM = pick((0xD00, 0xD6F), (0xD7A, 0xD7F), also=DANDAS) | IN_SHAPED
SINHALA = pick((0xD81, 0xDDF), (0xDF2, 0xDF3), also="෴") | IN_SHAPED
THAI = pick((0xE01, 0xE59)) | IN_SHAPED
LAO = pick((0xE81, 0xEDF)) | IN_SHAPED
KHMER = pick((0x1780, 0x17B3), (0x17B6, 0x17E9), also="។", without="\u17a3\u17a4\u17d3") | IN_SHAPED
MYANMAR = pick((0x1000, 0x109D), (0xA9E0, 0xA9FE), (0xAA60, 0xAA7F), also="၊။၌၍၎၏") | IN_SHAPED
GEORGIAN = pick((0x10A0, 0x10FF), (0x1C90, 0x1CBF), also="჻") | NAME_PUNCTUATION
ARMENIAN = set(range(0x531, 0x58B)) | NAME_PUNCTUATION
ETHIOPIC = set(range(0x1200, 0x1380)) | NAME_PUNCTUATION
WIDE = set(map(ord, "\u3000・·、。，．：；！？（）「」『』【】〜"))
KANA = set(range(0x3041, 0x3097)) | set(range(0x30A1, 0x30FB)) | set(map(ord, "ーゝゞヽヾ々"))

# Outside level 1 of JIS X 0208: the kanji that the law allows in names (kJinmeiyoKanji of Unihan 15.0, those that NFC
# leaves alone), the common kanji (kJoyoKanji) and variants met in family names.
MORE_JAPANESE = (
    "丼乘亞佛來侑俐俠俱傲傳僞價儉兒凉凛凜凰刹剝剩劍勁勳卷卽吞哺喩單嗅嘲嚴圈國圓團圡堯塡增壘壞壯壽奎奧奬孃寢實寬寳將專"
    "峽崚嶌巖巢巫已帶廣廳彅彈彌彗彙從徠徵德恆恣惠惡惧惺愼慄憬應懷戰戲拂拉拔拜揭搖搜摑摯擊攝收敍昊昴晄晏晚晝晟晨暉曆曉"
    "曖栁栞桒梛條椰楷榮槇槗樂樣橙橫檜檢櫂櫻步歷毀每毬氣洵洸涉淚淨渴渾溫滉滯漱澁澤澪濕濱濵瀨焰煌熙燎燒燿爭爲狀狹獸珀珈"
    "琥瑶璧疊瘍瘦皓盜盡眞眸碎祕祿禪禮禱稟稻穗穰穹笙箋簞籠粹絆綠綸綺緖緣緻縣縱繡繫纖羚羞翔聽脩臟與苺茉莉莊菫萊萠萬蔣蕾"
    "薰藏藝藥虛蟬蠟衞裝覽訃詢諄諧謠讓貪賣賴赳踪轉辣迪逞遙邉邊郞醉醬釀釉錄錮鍊鎭鑄陷險雜靜頌頰顚顯颯飜騷驍驗髙髮鬱鷄鷗"
    "麒黃黎黑默齊齋﨑𠮟𠮷"
)
# Outside level 1 of GB 2312: family names (the Hundred Family Names and those among today's commonest) and characters
# liked in given names.
MORE_SIMPLIFIED = (
    "乜亓仉仝仵佘佟佴佶佼侃侑俟俨俪倩偲冼勖勰厍叡喆囡圳垚堃夔夙奂奕奚奭妍妘妡妤妫姒姗姝姞姣姮娅娆娉娣娴婕婧婳婵婷媛媞"
    "嫄嫒嫣嫦嬛嬴宓宥宬宸岐岑岚岱峥崧嵇嵘嵩庹庾弢弭彧怡恺憬懿戢扈攸斐斓於旸旻昀昇昉昊昕昝昱昶晁晏晔晖晗晟暄暨暻曜曦栾"
    "梓梵楠榕榛殳沅沐泓洑洵淇淼滕滢漪潇澹濮瀚瀛灏炜炫烨焱煊煜煦熠燊犇玘玙玟玠玢玥玭玮珂珅珈珏珑珞珣珥珩珮珲珺琎琏琚琛"
    "琤琦琨琪琬琮琰瑀瑄瑗瑛瑜瑢瑭瑷瑾璀璁璇璋璎璐璘璞璟璠璨璩瓒甯畇皎皓眭睿瞿磬祎祐祯祺禚禛禤禧稷窦竺笙笪筠筱箐箫纾绫"
    "绮绯缇缑缪羿翀翊翎胤胥臧芃芈芊芙芩芮芷芸苌苒苓苻茆茉茌茗茜荀荃荞荟荻莓莘莺菁菡萱蒯蓁蓓蔺蕙薇蘅裘褚覃訾谌谯贠贲赟"
    "蹇轶逄逯邝邬邰邴邸郄郇郏郗郜郤郦郯郾鄞鄢鄯酆鋆鑫钊钭钰铎铠铮锴锺镕闫闵闾阙阚隗隽雒雯霁霏靓韬颀颉颛颢飏飒馥馨驷骁"
    "骅骉骐骞鹭麒麟麴黛"
)
# The same, outside level 1 of Big5.
MORE_TRADITIONAL = (
    "乜亓仉仝仵佘佟佴佶佼俁偲冼凃叡喆囡垚堃妘妡姝姞姮婕婧婭媞媯嫄嫺嫿嬛嬡宓宬峯庹弢彧恒斌旻昉昝昶晗晟暻欒殳洑涂淼温瀅"
    "灝焱煊煒熠燁燊犇玘玠玢玭珂珅珈珏珣珥珩珺琚琤琬琮琰瑀瑄瑋瑗瑢璁璇璉璐璠璡璵甯畇眭禕禚禛禤笪筱箐粘紓緋緱羣翀翊芃芊"
    "芩芮苡苻茌茜菡蒯蓁薈蘅衞贇蹇逄逯邰邴郄郇郗郜郟郤郯鄔鄢鄯鄺酆鈺鋆鍇鎧鑫閆闞隗靚頎騏驊驫黄龎"
)
JAPANESE = read_rows("euc_jp", 16, 47) | set(map(ord, MORE_JAPANESE)) | KANA | WIDE
SIMPLIFIED = read_rows("gb2312", 16, 55) | set(map(ord, MORE_SIMPLIFIED)) | WIDE
TRADITIONAL = read_common_big5() | set(map(ord, MORE_TRADITIONAL)) | WIDE
KOREAN = read_rows("euc_kr", 16, 40) | WIDE
