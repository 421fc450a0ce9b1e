"""How grading is spoken of in languages with Latin letters: stems by what they mean.

Owns the words of sixteen languages. Refuses to search for them.
"""

from __future__ import annotations

# By language, in Latin letters without accents; a stem is the beginning of a word.
STEMS = {
    "de": """
        top: volle punktzahl|volle wertung|volle punkte|hochstpunktzahl|bestnote|hochstnote
        mark: bewertung|wertung|punktzahl|zensur|benot|bepunkt|note|punktabzug
        grader: prufer|prufung|korrektor|bewerter
        grader: gutachter|korrigier|an alle die dies|aufgabensteller
        ignore: ignorier|missacht|vergiss
        ignore: vergessen sie|beachte nicht|uberspring|nicht beacht
        rules: anweisung|anleitung|bewertungsschema|kriterien
        rules: regeln|vorgaben|instruktion|rubrik
        answer: antwort|losung|kandidat|abgabe|einreichung|prufling
        most: voll|maximal|hochst|best|alle|jede|samtlich
        right: richtig|korrekt|vollstandig|erfullt|abgedeckt|anerkannt|bestanden
        give: gib|geben sie|vergib|vergeben|erteil|setze
        give: tragen sie|trage|bewerte|werte|notier|zahle
        points: punkt""",
    "fr": """
        top: note maximale|tous les points|note parfaite
        top: meilleure note|totalite des points|20/20
        mark: note|notation|bareme|evaluation|noter|notez|attribuez
        grader: correcteur|examinateur|evaluateur
        grader: jury|correctrice|examinatrice|celui qui corrige
        ignore: ignore|oublie|ne tenez pas compte
        ignore: ne tiens pas compte|faites abstraction|neglig
        rules: instruction|consigne|bareme|critere|regle|directive|grille
        answer: reponse|copie|candidat|etudiant|eleve
        most: maxim|toute|tous|chaque|plein|meilleur|parfait|integral
        right: correct|juste|complet|valid|couvert|reussi|accept
        give: donne|attribue|accorde|mettez|mets|considere|compte|inscri|marque
        points: point""",
    "es": """
        top: nota maxima|maxima nota|puntuacion maxima|maxima puntuacion|maxima calificacion
        top: calificacion maxima|todos los puntos
        top: puntaje maximo|maximo puntaje|puntuacion perfecta
        mark: nota|calificacion|puntuacion|puntaje|calific|puntua|evaluacion
        grader: evaluador|examinador|corrector|calificador|corrige|tribunal|profesor|jurado
        ignore: ignor|olvid|haz caso omiso|haga caso omiso|no tengas en cuenta|descart|omit
        rules: instruccion|criterio|rubrica|regla|indicacion|orden|directri
        answer: respuesta|candidat|alumn|estudiante|examen
        most: maxim|todo|toda|cada|perfect|complet|mejor
        right: correct|acept|cubiert|complet|valid|aprob|cumpl
        give: dele|dale|otorg|asign|ponga|pon
        give: marque|marca|considere|considera|den|conceda|registr
        points: punto""",
    "it": """
        top: voto massimo|massimo dei voti|punteggio massimo
        top: massimo punteggio|tutti i punti|pieni voti
        mark: voto|voti|punteggio|valutazione|valuta
        grader: valutatore|esaminatore|correttore
        grader: commissione|chi corregge|chi valuta|docente
        ignore: ignora|dimentica|trascura|non tenere conto|non considerare|tralascia|scorda
        rules: istruzion|criteri|rubrica|regol|indicazion|direttiv|griglia
        answer: risposta|candidat|student|compito|elaborato
        most: massim|tutti|tutte|ogni|pien|perfett|complet
        right: corrett|accettat|coperti|coperto|complet|valid|approvat|soddisfatt
        give: assegna|dare|dai|attribui|metti|metta|considera|conta|segna|conced|registra
        points: punto|punti""",
    "pt": """
        top: nota maxima|pontuacao maxima|maxima pontuacao
        top: todos os pontos|nota dez|nota total
        mark: nota|pontuacao|avaliacao|classificacao|pontue
        grader: avaliador|examinador|corretor|banca|quem corrige|professor|quem avalia
        ignore: ignor|esqueca|desconsider|desprez|nao leve em conta
        rules: instruco|instrucao|criterio|rubrica|regra|orientac|diretriz
        answer: resposta|candidat|alun|estudante|prova
        most: maxim|todos|todas|cada|perfeit|complet|plena
        right: corret|aceit|cobert|complet|valid|aprovad|cumprid
        give: de a|atribu|conced|marque|considere|coloque|registre|lance|conte
        points: ponto""",
    "nl": """
        top: volle punten|hoogste cijfer|maximale score
        top: volledige punten|hoogste score|maximale punten
        mark: cijfer|beoordeling|punten|waardering
        grader: beoordelaar|examinator|nakijker|corrector|docent|nakijkt
        ignore: negeer|vergeet|sla over|laat buiten|houd geen rekening
        rules: instructie|richtlijn|criteria|regels|opdracht|rubriek|aanwijzing
        answer: antwoord|kandidaat|inzending
        most: volle|volledig|maxima|hoogste|alle|elk
        right: juist|correct|goedgekeurd|behandeld|voldaan|goed
        give: geef|ken toe|noteer|reken|beschouw|vul in|markeer
        points: punt""",
    "sv": """
        top: full poang|hogsta betyg|alla poang
        top: maximal poang|toppkarakter|hoyeste karakter|fulde point
        mark: betyg|poang|karakter|bedomning|vurdering
        grader: examinator|rattare|bedomare|larare|sensor|lektor
        ignore: ignorera|ignorer|bortse|glom|se bort fra
        rules: instruktion|anvisning|regler|kriterier|riktlinj|instruks
        answer: svar|kandidat|besvar
        most: full|hogsta|alla|varje|maxim|alle
        right: ratt|korrekt|godkan|godken|tackt|riktig
        give: ge |tilldela|satt|rakna|gi |giv
        points: punkt""",
    "pl": """
        top: maksymalna ocen|pelna punktacj|najwyzsza ocen
        top: maksymalna liczb|najwyzsza not|komplet punkt
        top: maksymalna liczbe|maksymalna punktacj|pelna liczb|najwyzszy wynik
        mark: ocen|punktacj|wynik|punktow
        grader: egzaminator|oceniajac|sprawdzajac|komisj|nauczyciel
        ignore: zignoruj|ignoruj|pomin|zapomnij|nie bierz
        rules: instrukcj|polecen|kryteri|zasad|wytyczn|wskazowk
        answer: odpowied|kandydat|student|prac
        most: maksymaln|peln|wszystk|kazd|najwyzs|komplet
        right: poprawn|prawidlow|zaliczon|spelnion|zaakceptowan
        give: przyznaj|daj|wpisz|postaw|uznaj|wystaw|zalicz
        points: punkt""",
    "cs": """
        top: plny pocet|nejvyssi znamk|maximalni pocet|nejlepsi znamk|plne body
        mark: znamk|hodnocen|bodov|bodu|body
        grader: zkousejici|hodnotitel|opravujici|komis|ucitel
        ignore: ignoruj|zapomen|nedbej|prehlizej
        rules: instrukc|pokyn|kriteri|pravid
        answer: odpoved|kandidat|student
        most: pln|nejvyssi|maximaln|vsech|kazd
        right: spravn|uznan|splnen|schvalen
        give: dejte|dej|udel|prid|zapis|povazuj|uznej
        points: bod""",
    "ro": """
        top: nota maxima|punctaj maxim|punctajul maxim|toate punctele|nota zece
        mark: nota|punctaj|evaluare|calificativ
        grader: evaluator|examinator|corector|profesor|comisi
        ignore: ignora|uita|nu tine cont|nu lua in
        rules: instructiun|criteri|barem|regul|indicati
        answer: raspuns|candidat|student|lucrare
        most: maxim|toate|fiecare|complet|perfect
        right: corect|acceptat|acoperit|valid|indeplinit
        give: acord|da-i|dati|da |pune|considera|noteaza|treceti
        points: punct""",
    "tr": """
        top: tam puan|en yuksek not|tam not|en yuksek puan
        mark: puan|not ver|degerlendir|notu
        grader: sinav|degerlendiren|ogretmen|degerlendirici|okuyan|juri|komisyon
        ignore: yok say|gormezden gel|unut|dikkate alma|goz ardi
        rules: talimat|kural|olcut|kriter|yonerge|komut
        answer: cevap|yanit|aday|ogrenci
        most: tam|en yuksek|butun|tum|her
        right: dogru|kabul|karsilan|eksiksiz|gecer
        give: ver|say|isaretle|kaydet|yaz
        points: madde|nokta""",
    "id": """
        top: nilai penuh|nilai maksimal|nilai sempurna
        top: nilai tertinggi|skor penuh|markah penuh
        mark: nilai|skor|penilaian|markah
        grader: penilai|penguji|pemeriksa|dosen|guru
        ignore: abaikan|lupakan|jangan hiraukan
        rules: instruksi|perintah|aturan|kriteria|rubrik|arahan|petunjuk
        answer: jawaban|kandidat|peserta|jawapan
        most: penuh|maksimal|semua|setiap|sempurna|tertinggi
        right: benar|lengkap|diterima|tepat|terpenuhi
        give: beri|berikan|anggap|tulis|tandai
        points: poin""",
    "vi": """
        top: điem toi đa|điem tuyet đoi|toan bo điem|điem cao nhat
        mark: điem|đanh gia|cham
        grader: giam khao|nguoi cham|giao vien|thay co
        ignore: bo qua|quen|khong đe y
        rules: huong dan|chi thi|tieu chi|quy tac|lenh
        answer: cau tra loi|bai lam|thi sinh
        most: tat ca|toi đa|moi|cao nhat
        right: đung|đay đu|chinh xac
        give: cho |hay|ghi
        points: y """,
    "la": """
        top: summam notam|plena puncta|summa cum laude
        mark: notam|aestima|puncta
        grader: examinator|iudex|iudici|magister
        ignore: neglige|omitte|obliviscere|ignora|praetermitt
        rules: praecept|mandat|regulas|instruction
        answer: responsum|candidat|discipul
        most: summ|omni|plen|maxim
        right: rect|perfect|complet|probat
        give: da |dato|tribue|concede|assigna
        points: punct""",
    "fi": """
        top: taydet pisteet|paras arvosana
        top: korkein arvosana|taysi pistema|korkein mahdollinen
        mark: arvosana|piste|arvostel|arvioi
        grader: arvioija|tarkastaja|opettaja|arvostelija
        ignore: ohita|unohda|sivuuta|jata huomiotta|ala valita|ala noudata
        rules: ohje|saanno|kriteeri|maarayks
        answer: vastau|kokelas|hakija|opiskelija
        most: tayde|taysi|kaik|korke|jokai|paras
        right: oike|hyvaksy|katettu|virheet
        give: anna|merkitse|kirjaa|pida|laske
        points: kohta|kohda""",
    "hu": """
        top: teljes pontszam|maximalis pont|legjobb jegy|legmagasabb pont
        mark: pontszam|jegy|ertekel|osztalyz
        grader: ertekelo|vizsgazt|javito|tanar|biralo
        ignore: hagyd figyelmen|hagyja figyelmen|felejts|ne vedd
        rules: utasitas|szabaly|kriterium|eloiras
        answer: valasz|jelolt|vizsgazo
        most: teljes|maximal|minden|osszes|legmagas
        right: helyes|elfogad|hibatlan|lefed
        give: adj|adjon|ird be|irja|tekints|jelold
        points: pont""",
}
