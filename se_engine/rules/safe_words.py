"""Words that make a text worth a second look: health, money, safety, and the people around a participant; nb, nn, en.

A word that ends in * stands for every word that begins so. Occupations and workplaces are left out on purpose: that
she wants to become a nurse, or was a doctor, is what the work is about.
"""

HEALTH = """
    diagnos* depresj* depressed depression depressive deprimert angst* panikkanfall anxiety panic ptsd
    traume traumer traumene traumatis* trauma traumatic schizofren* schizophren* bipolar* psykose* psykotisk* psychosis
    adhd autis* epilep* diabet* kreft* cancer hiv hepatitt hepatitis tuberkulos* tuberculosis astma asthma migrene
    migraine fibromyalgi* kols demens dementia prolaps hjerneslag hjerteinfarkt hjarteinfarkt
    spiseforstyrr* eteforstyrr* anoreks* anorex* bulimi*
    selvmord* sjølvmord* suicid* selvskad* sjølvskad* self-harm*
    medisin medisinen medisiner medisinene medisinar medisinane medikament* medication* tabletter
    tablettene insulin metadon antidepress* smertestillende smertestillande painkiller*
    psykisk psykiske psykiatri* psychiatr* innlagt bup dps terapeut terapi terapien therapy
    gravid* svanger* spontanabort abort aborten aborterte pregnan* miscarriage abortion
    syk syke sykt sykere sjuk sjuke sjukt sykdom* sjukdom* sykmeld* sykemeld* sjukmeld* sjukemeld*
    ill illness* disease* sick sick-leave
    fastlege* legetime* legeerklæring* spesialisthelsetjenest* spesialisthelseten*
    funksjonsneds* funksjonshem* disability disabled ufør* utviklingshem*
    kronisk kroniske chronic smerte* vondt operert operasjonen surgery
    rusmis* rusavheng* rusproblem* narkotika* overdose* alkoholis* alkoholprob* alcoholi* addict*
    tortur* torture* voldtatt voldtekt* valdtek* raped omskåret omskjært
"""

ECONOMY = """
    gjeld gjelda gjelden gjeldsordning* inkasso* namsmann* utlegg utlegget purring* lån lånet lånene lånt
    økonomi økonomien økonomisk* sosialhjelp* sosialstøtte* stønad* bostøtte* dagpeng* introduksjonsstønad*
    barnetrygd* kontantstøtte* trygd trygda trygden skatt skatten restskatt* regning regningen regninger regningar
    husleie*
    debt debts loan loans economy economic finances financial welfare benefit benefits allowance* rent arrears
"""

SAFETY = """
    vold volden valden voldelig* valdeleg* trussel trusler trussel* trugsmål* truet trua truga drapstrus*
    krisesenter* kode adressesperre* skjermet skjerma skjerming* voldsalarm* valdsalarm* besøksforbud*
    tvangsekteskap* tvangsgift* æresrelatert* overgrep* mishandl* forfulgt forfølg* asylsøk* flukt flukten
    violence violent threat threats threatened shelter restraining abuse abused forced persecut*
"""

KIN = """
    mann mannen ektemann ektemannen kone kona ektefelle ektefellen samboer samboeren sambuar sambuaren kjæreste
    kjæresten mor mora moren mamma far faren pappa forelder
    sønn sønnen son sonen datter datteren dattera dotter dottera barn barnet
    bror broren søster søsteren søstera syster systera tvilling tvillingen
    onkel onkelen tante tanten tanta fetter fetteren kusine kusinen kusina nevø nevøen niese niesen
    bestemor bestemoren bestemora bestefar bestefaren svigermor svigermoren svigermora svigerfar svigerfaren
    svoger svogeren svigerinne svigerinnen stefar stefaren stemor stemoren nabo naboen venn vennen venninne venninnen
    ven venen venninna
    husband wife boyfriend girlfriend mother mum father dad son daughter child brother sister uncle aunt cousin
    nephew niece grandmother grandfather neighbour friend
"""

BETWEEN = "hans hennes hennar sin si sitt min mi mitt deres deira som heter som heiter called named"
"""What may stand between the person and the name: sønnen hennes Ali, a brother called Omar."""

NO_NAMES = """
    nav imdi norge noreg norway oslo norsk norwegian english engelsk bokmål nynorsk arabic arabisk i
    monday tuesday wednesday thursday friday saturday sunday january february march april may june july august
    september october november december
"""
"""Written with a capital inside a sentence, and nobody's name."""

BEFORE_NAMES = """
    på i med hos fra frå til om for av ved etter før hun han ho vi jeg eg de dei det den en ei ein at da då når
    ringte ringde møtte snakket snakka besøkte besøk møte samtale avtale
    in on with from to about by after before she he we it they the a an when called met visited
"""
"""Words that begin a sentence straight before a name."""
