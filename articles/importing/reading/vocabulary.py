"""Words the reading rules know: places, words that are no place, words around captions and speakers."""

from __future__ import annotations


def _listed(text: str) -> frozenset[str]:
    return frozenset(word.strip() for word in text.split("|"))


CITIES = _listed(
    """abha|abidjan|abuja|abu dhabi|accra|addis ababa|aden|agadir|ajman|aleppo|alexandria|algiers|al khobar|amman|amsterdam
    |ankara|antakya|aqaba|arbil|asmara|astana|aswan|athens|azaz|baabda|baalbek|baghdad|bahrain|baku|bamako|bangkok|barcelona|basra
    |basrah|beijing|beirut|belgrade|benghazi|berlin|bern|bethlehem|birmingham|bonn|boston|brasilia|brussels|bucharest|budapest
    |buenos aires|cairo|calgary|canberra|cape town|caracas|casablanca|chicago|colombo|copenhagen|daegu|dakar|damascus|dammam
    |dar es salaam|davos|dead sea|delhi|deraa|dhahran|dhaka|diwaniyah|djibouti|doha|dubai|dublin|durban|dushanbe|edinburgh|erbil
    |fallujah|fez|frankfurt|gaza|gaza city|gaziantep|geneva|giza|glasgow|hague|the hague|haifa|hail|hamburg|harare|hargeisa|hassakeh
    |havana|hebron|helsinki|hodeidah|homs|houston|idlib|irbil|isfahan|islamabad|ismailia|istanbul|izmir|jakarta|jeddah|jenin|jerusalem
    |johannesburg|juba|kabul|kampala|karachi|karbala|kathmandu|khartoum|kiev|kigali|kirkuk|kuala lumpur|kuwait|kuwait city|kyiv|lagos
    |lahore|lausanne|lima|lisbon|liverpool|london|los angeles|luanda|luxembourg|luxor|lyon|madinah|madrid|makkah|male|manama|manchester
    |manila|marrakech|marrakesh|marseille|mecca|medina|mexico city|milan|minsk|mogadishu|monrovia|montreal|moscow|mosul|mumbai|munich
    |muscat|nablus|nairobi|najaf|nasiriyah|ndjamena|new delhi|new york|niamey|nicosia|nouakchott|oslo|ottawa|ouagadougou|oxford|paris
    |peshawar|prague|pretoria|pyongyang|qamishli|qom|quetta|rabat|rafah|ramadi|ramallah|raqqa|rawalpindi|reykjavik|riga|rio de janeiro
    |riyadh|rome|sanaa|san francisco|santiago|sarajevo|seoul|sfax|shanghai|sharjah|sharm el sheikh|sharm al sheikh|sidon|sinai|singapore
    |skopje|sofia|stockholm|suez|sulaimaniya|sulaimaniyah|surt|sydney|tabuk|taif|taipei|taiz|tallinn|tangier|tashkent|tbilisi|tehran
    |tel aviv|the hague|tikrit|tirana|tobruk|tokyo|toronto|tripoli|tunis|tyre|ulan bator|united nations|valletta|vancouver|vienna
    |vilnius|warsaw|washington|washington dc|yangon|yanbu|yerevan|zagreb|zawiya|zurich"""
)

COUNTRIES = _listed(
    """afghanistan|algeria|america|australia|austria|bahrain|bangladesh|belgium|brazil|britain|canada|china|cuba|cyprus|denmark|egypt
    |england|ethiopia|europe|france|germany|greece|india|indonesia|iran|iraq|ireland|israel|italy|japan|jordan|korea|kurdistan|kuwait
    |lebanon|libya|malaysia|mali|mauritania|mexico|morocco|netherlands|nigeria|norway|oman|pakistan|palestine|qatar|russia|saudi
    |saudi arabia|scotland|somalia|south africa|south sudan|spain|sudan|sweden|switzerland|syria|tunisia|turkey|uae|uk|ukraine|us|usa
    |yemen|arab|sunni|shiite|shia|muslim|kurdish|islamist|islamic"""
)

NO_PLACES = _listed(
    """a|all|also|although|an|and|any|are|as|asked|at|because|both|brief|but|by|can|certainly|clearly|did|do|does|each|either|even
    |every|everyone|finally|first|for|from|good|hence|here|how|however|i|if|in|indeed|instead|is|it|its|last|lastly|later|let|many
    |maybe|meanwhile|more|moreover|most|mr|mrs|much|my|neither|never|next|no|nobody|none|nonetheless|nor|not|note|nothing|now|of|oh
    |ok|on|once|one|only|or|other|others|our|out|perhaps|please|right|second|several|she|he|since|so|some|someone|sometimes|still|such
    |surely|than|that|the|their|then|there|therefore|these|they|third|this|those|thus|to|today|together|tomorrow|true|two|under|until
    |up|upon|us|was|we|well|what|whatever|when|whenever|where|whether|which|while|who|whoever|whom|why|will|with|without|yes|yesterday
    |yet|you|your|opinion|analysis|exclusive|breaking|update|editorial|interview|q|answer|question|dear|god"""
)

ABBREVIATIONS = _listed(
    """mr|mrs|ms|dr|st|gen|lt|col|sgt|jr|sr|no|sen|gov|rep|maj|capt|prof|vs|jan|feb|mar|apr|jun|jul|aug|sep
    |sept|oct|nov|dec|brig|adm|rev|hon|inc|co"""
)

CREDIT_WORDS = _listed(
    """match|by|via|of|for|and|file|photo|handout|courtesy|the|from|al|el|de|bin|d|da|van|von|media|office
    |press|pool|photographer|picture|image|images|photos|through"""
)

SIDES = _listed("""l|r|c|left|right|center|centre|top|bottom|front|back|middle|above|below""")

ASKS = _listed(
    """interviewer|journalist|reporter|correspondent|question|q|editor|newspaper|host|moderator|aa|aaa"""
)

ANSWERS = _listed("""a|answer|reply|response""")

NO_SPEAKERS = _listed(
    """note|notes|source|sources|photo|photos|caption|by|summary|conclusion|introduction|background|firstly
    |secondly|thirdly|fourth|fifth|finally|result|results|example|update|correction|published|pages|price
    |publisher|author|title|translated|translation|london|here|reason|fact|facts|point|problem|solution
    |lesson|quote|verse|headline|related|also|link|email|tel|fax|media|media id|http|https|date|time|place
    |where|when|what|why|who|how|read more|see also|tags|opinion|analysis"""
)

SMALL = _listed("""al|el|bin|ibn|abu|de|van|von|of|the|and""")

PARTICLES = _listed("""al|el|of|de|du|la|le|bin|es|on|upon|the|and|in|ul|ad|as|ash""")

SECTIONS = _listed(
    """Interviews|Features|Arab World|Culture|World|Gulf|Opinion|Business|Economy|Sports|Lifestyle & Culture|Lifestyle|Technology
    |Varieties|Variety|Science|Health|Books|Media|Entertainment|Middle East|Levant|Africa|North Africa|Asia|Europe|Iran|America
    |Fact Check|Women|Profiles|Saudi Arabia|Exclusive|Analysis|Arts|Travel|Cinema|Latest News|International|Politics|Economics"""
)
