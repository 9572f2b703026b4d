"""Words that tell what a name is: roles, organizations, speech, given names, nationalities.

Lists are short on purpose: what they lack is found by how the text uses a name.
"""

from __future__ import annotations

import re
from typing import Final


def words(text: str) -> frozenset[str]:
    """Words that white space parts."""
    return frozenset(text.split())


def _phrases(text: str) -> frozenset[str]:
    """Phrases that commas part; a line end in one is a space."""
    return frozenset(" ".join(phrase.split()) for phrase in text.split(",") if phrase.strip())


#: Last words of a role, in small letters.
ROLE_NOUNS: Final = _phrases("""
agent, undersheriff, moviemaker, blogger, bystander, activist, adjutant, author, co-author,
coauthor, substitute, winger, keeper, lead author, chief negotiator, adviser, advisor, advocate,
aide, ambassador, analyst, anchor, archbishop, architect, astronaut, astronomer, attorney,
attorney general, bishop, biologist, captain, cardinal, ceo, cfo, chair, chairman, chairperson,
chairwoman, chancellor, chief, chief executive, chief executive officer, chief financial officer,
chief of staff, chief operating officer, chief technology officer, chemist, clerk, climatologist,
co-chair, co-founder, coach, cofounder, colonel, columnist, commander, commissioner, composer,
comptroller, conductor, congressman, congresswoman, constable, consultant, controller,
coordinator, coroner, correspondent, cosmonaut, councillor, councilman, councilwoman, councilor,
counsel, counselor, critic, curator, dean, delegate, deputy, designer, detective, dictator,
diplomat, director, director general, director-general, district attorney, doctor, driver,
ecologist, economist, editor, emperor, engineer, envoy, epidemiologist, executive, executive
director, executive vice president, expert, farmer, filmmaker, finance chief, fire chief,
firefighter, first lady, first minister, fisherman, foreign minister, foreign secretary, founder,
general, general counsel, general manager, general secretary, geologist, governor, harbour master,
head, head teacher, headmaster, headteacher, high commissioner, historian, home secretary,
inspector, inspector general, investigator, investor, journalist, judge, justice, king, landlord,
lawmaker, lawyer, leader, lecturer, librarian, lieutenant, lieutenant governor, lobbyist, major,
majority leader, majority whip, manager, managing director, mayor, mechanic, member,
meteorologist, midfielder, minister, minority leader, monk, musician, negotiator, novelist, nurse,
officer, official, operator, organiser, organizer, owner, painter, partner, party leader, pastor,
patriarch, pediatrician, photographer, physician, physicist, pilot, player, playwright, poet,
police chief, politician, pope, premier, president, president-elect, press secretary, priest,
prime minister, prince, princess, principal, producer, professor, programmer, prosecutor, provost,
postman, psychologist, publisher, queen, rabbi, reporter, representative, researcher, reverend,
scholar, scientist, secretary, secretary general, secretary of state, secretary-general, senator,
senior vice president, sergeant, shareholder, sheriff, shop owner, singer, sociologist, solicitor,
solicitor general, speaker, specialist, spokesman, spokesperson, spokeswoman, strategist, student,
superintendent, surgeon, surgeon general, surveyor, teacher, technician, trader, trainer,
treasurer, trustee, tsar, undersecretary, vice chairman, vice president, vice-president,
virologist, volcanologist, volunteer, warden, whistleblower, worker, writer, zoologist, mp, mep,
baker, carpenter, shopkeeper, skipper, goalkeeper, striker, quarterback, pitcher, conservationist,
campaigner, caseworker, social worker, paramedic, pharmacist, plumber, electrician, builder,
contractor, developer, entrepreneur, ranger, vet, veterinarian, imam, deacon, vicar, chaplain,
ombudsman, auditor, banker, broker, chef, cook, hydrologist, seismologist, oceanographer,
archaeologist, botanist, anthropologist, geographer, mathematician, statistician, actuary, master,
postmaster, stationmaster, harbourmaster, harbormaster, planner, moderator, rector, vice
chancellor, vice-chancellor, deputy mayor, deputy director, deputy minister, deputy prime
minister, sprinter, swimmer, cyclist, runner, pensioner, retiree, administrator, mediator,
arbitrator, dentist, midwife, diver, sailor, shepherd, butcher, brewer, station master,
editor-in-chief, assemblyman, assemblywoman, alderman, alderwoman, supervisor, permanent
secretary, chief constable, chief inspector, chief minister, chief justice, associate justice,
magistrate, barrister, registrar, dispatcher, welder, machinist, foreman, steward, waiter,
waitress, barber, hairdresser, tailor, realtor, caretaker, janitor, gardener, lifeguard, actress,
actor, dancer, choreographer, sculptor, illustrator, cartoonist, guitarist, drummer, rapper,
songwriter, comedian, presenter, gymnast, boxer, wrestler, golfer, jockey, referee, umpire,
cricketer, footballer, batsman, bowler, businessman, businesswoman, billionaire, financier,
industrialist, philanthropist, tycoon, pollster, chief spokesman, chief spokeswoman, chief
economist, chief strategist, chief scientist, chief engineer, secretary of defense, secretary of
the treasury, treasury secretary, defense secretary, interior minister, finance minister, health
minister, transport minister, education minister, trade minister, oil minister, prime
minister-designate, attorney-general, solicitor-general, governor-general, commander in chief,
commander-in-chief, chief whip, whip, minority whip, house speaker, senate majority leader, senate
minority leader, state senator, state representative, trade representative, ambassador-at-large,
national security adviser, national security advisor, drug czar, czar, ayatollah, sheikh, guru,
chieftain, warlord, vice presidential candidate, presidential candidate, candidate, nominee,
front-runner, incumbent, running mate, opponent, challenger, congressional aide, intern, fellow,
senior fellow, visiting fellow, research director, portfolio manager, fund manager, money manager,
market strategist
""")
#: What somebody is to others or in one incident: it introduces a name, and is no role.
INCIDENTAL_NOUNS: Final = words("""
brother sister wife husband daughter son mother father widow widower neighbor neighbour victim
witness suspect defendant plaintiff survivor passenger tenant parent resident colleague friend
counterpart predecessor successor rival teammate classmate roommate fiance cousin uncle aunt
grandmother grandfather
""")
#: Words that may stand in front of a role and belong to it.
ROLE_MODIFIERS: Final = words("""
acting assistant associate chief co deputy executive first former interim junior senior vice
general managing national regional local state federal county city town village borough parish
provincial municipal district company police fire army navy military defense defence foreign
interior finance health education transport transportation energy environment environmental trade
justice labor labour agriculture housing home press communications media marketing operations
research project program programme campaign party opposition majority minority house senate
parliamentary presidential government cabinet union student science climate human civil rights
legal medical school university college hospital museum team club board council committee
commission retired veteran longtime long-time late lead principal special top high prime
chairman's political economic economics history law public international world global technical
technology security intelligence nuclear flight mission space harbour harbor port bridge water
river road rail railway bus ferry fisheries forest wildlife animal marine coastal structural shop
store restaurant hotel cafe business bank investment market equity portfolio fund hedge commodity
oil gas mining property estate tax planning building fishing dairy sheep potato rice wheat cattle
emergency disaster rescue relief aid refugee labour-relations current outgoing incoming
newly-elected elected appointed then-
""")
#: Titles that stand before a name and are no role by themselves.
COURTESY: Final = words("""
Mr. Mr Mrs. Mrs Ms. Ms Miss Dr. Dr Prof. Sir Dame Lord Lady Madame Señor Don
""")
#: Shortened titles in front of names, with the role in full.
SHORT_TITLES: Final = {
    "Sen.": "Senator",
    "Sens.": "Senator",
    "Rep.": "Representative",
    "Reps.": "Representative",
    "Gov.": "Governor",
    "Gen.": "General",
    "Lt.": "Lieutenant",
    "Col.": "Colonel",
    "Maj.": "Major",
    "Capt.": "Captain",
    "Sgt.": "Sergeant",
    "Adm.": "Admiral",
    "Cmdr.": "Commander",
    "Rev.": "Reverend",
    "Prof.": "Professor",
    "Det.": "Detective",
    "Supt.": "Superintendent",
    "Insp.": "Inspector",
    "Cpl.": "Corporal",
    "Pvt.": "Private",
}
MALE_WORDS: Final = words("""
mr mr. sir lord king prince spokesman chairman congressman councilman father brother son husband
widower pope fisherman businessman actor pastor priest imam bishop archbishop cardinal emperor
headmaster policeman
""")
FEMALE_WORDS: Final = words("""
mrs mrs. ms ms. miss dame lady queen princess spokeswoman chairwoman congresswoman councilwoman
mother sister daughter wife widow actress nun headmistress businesswoman policewoman
""")

#: Words of which one at least stands in the name of an organization.
ORGANIZATION_WORDS: Final = words("""
News Radio TV Television Channel Magazine Daily Weekly Academy Administration Agency Airlines
Airways Alliance Army Assembly Associates Association Authority Bank Board Brigade Broadcasting
Bureau Cabinet Center Centre Chamber Church Club Coalition College Commission Committee Company
Confederation Conference Congress Consortium Corp Corp. Corporation Corps Council Court Department
Directorate Duma Enterprises Exchange Federation Fleet Force Forces Forum Foundation Front Fund
Government Group Guard Holdings Hospital Inc Inc. Industries Initiative Institute Institution
Knesset Laboratories Laboratory League Ltd Ltd. Co. LLC PLC plc AG GmbH Ministry Mission Motors
Movement Museum NGO Network Observatory Office Organisation Organization Parliament Partners
Partnership Party Patrol Police Politburo Post Press Project Railways Registry Republicans Reserve
School Secretariat Senate Service Services Society Studio Studios Supreme Survey Syndicate Systems
Taliban Task Team Technologies Times Treasury Tribunal Trust Union United University Watch Workers
Works Democrats Bundestag Journal Herald Tribune Gazette Guild Orchestra Theatre Theater
Cooperative Co-operative Utilities Energy Airport Port Rovers Wanderers Athletic Observer
Securities Brothers Pharmaceuticals Electric Ledger Chronicle Courier Globe Examiner Inquirer
Dispatch Register Sentinel Telegraph Guardian Independent Argus Echo Elementary Bloc Ventures
Statistics Telecom Communications International Bancorp Insurance Capital Financial Labs Foods
Stores
""")
#: Organizations that are called by the place where they sit, or by one word.
ORGANIZATIONS: Final = _phrases("""
Kremlin, White House, Pentagon, Downing Street, Vatican, Bundestag, Knesset, Capitol, Congress,
Senate, House, House of Representatives, House of Commons, House of Lords, Supreme Court,
Parliament, European Union, United Nations, European Commission, European Parliament, Federal
Reserve, Fed, Hamas, Hezbollah, Taliban, Islamic State, al-Qaida, al-Qaeda, Interpol, Europol,
Greenpeace, Amnesty International, Human Rights Watch, Red Cross, World Bank, Google, Apple,
Microsoft, Amazon, Facebook, Twitter, Meta, Boeing, Airbus, Tesla, Toyota, Reuters, Associated
Press, Bloomberg, Treasury, State Department, Justice Department, Security Council, World Health
Organization, World Trade Organization, OpenAI, Labour, Liberal Democrats, Lib Dems,
Conservatives, Tories, Wall Street Journal, New York Times, Washington Post, Politburo, Xinhua,
Tass, Gazprom, Netflix
""")
#: Names with a telling word that are places and things all the same.
NO_ORGANIZATIONS: Final = _phrases("""
Oval Office, West Wing, Great Britain, Central Park, World Trade Center, Rose Garden, Cold War,
Civil War, Air Force One, Google Maps, Capitol Hill, Silicon Valley, Nobel Prize, Wall Street,
Ground Zero
""")
#: Capitals that are no organization.
NO_ACRONYMS: Final = words("""
US U.S. USA U.S.A. UK U.K. TV AI CEO CFO COO CTO GDP GNP DNA RNA HIV AIDS PM AM MP MEP DC D.C.
L.A. NY N.Y. BC AD CE BCE GMT UTC CET EST EDT PST PDT COVID COVID-19 ID IT PR HR VIP SUV UFO FAQ
PC CD DVD GPS ATM PIN VAT IPO ETF OK II III IV VI VII VIII IX XI XII AP TASS PHD MBA BA MA MD DIY
RSVP SOS LED PDF USB LGBT LGBTQ POW MIA KM MPH CCTV EV EVS PPE PCR ICU ER MRI CT WMD ICBM NOT AND
THE BUT YES NO ALL I A R D X GOP-LED
""")

SPEECH_VERBS: Final = words("""
ventured ventures volunteered sighs grumbled grumbles chuckled scoffed scoffs sniffed enthused
enthuses bemoaned protested protests opined opines intoned hissed bellowed roared barked croaked
drawled beamed reminisced reminisces elaborated elaborates clarified clarifies reasoned reasons
speculated speculates surmised theorised theorized concurred concurs echoed echoes interrupted
riposted parried confessed confesses confided confides divulged disclosed discloses swore assured
assures reassured guaranteed advised advises counselled counseled instructed instructs implored
implores texted texts emailed messaged blogged penned scribbled reckons reckoned figures sneered
growled mumbled murmured muttered stammered screamed sobbed cheered crowed gloated bragged fretted
worried lectured preached prayed hoped argued began begins opened closed offered offers allowed
allows granted went finished ended started put puts summed signed submitted directed ordered
commanded owned hit shot fired cut grinned winced blurted laughed explained thundered thunders
fumed gushed boomed raved quipped pointed said says say saying added adds adding told tells
telling stated states stating announced announces announcing argues arguing asked asks asking
warned warns warning cautioned cautions cautioning claimed claims claiming insisted insists
insisting asserted asserts asserting remarked remarks remarking noted notes noting explains
explaining replied replies replying responded responds responding wrote writes writing tweeted
tweets tweeting posted posts posting recalled recalls recalling declared declares declaring
concluded concludes concluding admitted admits admitting acknowledged acknowledges acknowledging
conceded concedes conceding continued continues continuing testified testifies testifying
commented comments commenting complained complains complaining confirmed confirms confirming
denied denies denying described describes describing called calls calling dismissed dismisses
dismissing stressed stresses stressing emphasized emphasised emphasizes emphasises emphasizing
emphasising highlighted highlights highlighting urged urges urging demanded demands demanding
suggested suggests suggesting predicted predicts predicting promised promises promising vowed vows
vowing pledged pledges pledging quips joked jokes joking shouted shouts shouting cried cries
yelled yells whispered whispers observed observes observing maintained maintains maintaining
contended contends contending charged charges charging countered counters countering mused muses
lamented laments lamenting boasted boasts boasting praised praises praising criticized criticised
criticizes criticises criticizing criticising labeled labelled labels branded brands condemned
condemns condemning hailed hails hailing denounced denounces denouncing blasted blasts slammed
slams questioned questions questioning reported reports reporting believes thinks repeated repeats
repeating reiterated reiterates reiterating revealed reveals revealing proclaimed proclaims
proclaiming accused accuses accusing referred refers referring expressed expresses pleaded pleads
intervened intervenes wondered wonders wondering joined laughs sighed smiled shrugged agreed
agrees agreeing answered answers answering begged mocked mocks taunted ridiculed characterized
characterised deemed dubbed termed hinted hints hinting signaled signalled quoted sang chanted
read reads conveyed thanked
""")
#: Verbs that report nothing unless the words follow them at once.
WEAK_SPEECH_VERBS: Final = words("""
agreed allowed allows began begins blurted brands charged charges cheered closed commanded cut
directed ended figures finished fired granted grinned hit hoped joined labels laughed offered
offers opened ordered owned protests put puts questions quoted read reads reasons reports shot
signed started states submitted summed texts thanked thinks went winced worried
""")

PREPOSITIONS: Final = words("""
of for at by with to from in on about against between into near over under after before during
alongside without within through toward towards including like than behind beside via per despite
as
""")

#: Capitalized words that begin sentences and no names.
NOT_NAMES: Final = words("""
A About Above Across Additionally After Afterwards Again Against Ahead All Almost Along Already
Also Although Amid Among An And Another Any Anyone Are As Asked At Back Based Because Before
Behind Being Below Beside Besides Between Beyond Both But By Can Citing Compared Consequently
Could Critics Current Despite Did Do Does Doing Don Down Due During Each Earlier Early Eight
Either Eleven Else Even Eventually Every Everyone Everything Experts Facing Few Fifteen Finally
First Five Following For Former Four From Further Furthermore Given Had Half Has Have Having He
Hence Her Here Hers His How However Hundreds I If In Indeed Inside Instead Into Is It Its Just
Last Late Later Least Less Let Like Local Many Maybe Meanwhile Millions Months More Moreover Most
Much Must My Near Nearly Neither Never Nevertheless New Next Nine No Nobody None Nor Not Nothing
Now Of Off Officials On Once One Only Or Other Others Our Out Outside Over Overall Perhaps Please
Police Previously Prior Rather Recent Recently Residents Second Seven Several She Should Similarly
Since Six So Some Someone Sometimes Soon Speaking Still Such Supporters Ten Than That The Their
Then There Therefore These They Third This Those Though Thousands Three Through Thus To Today
Together Tomorrow Too Toward Twelve Twenty Two Under Unless Unlike Until Up Upon Us Very Was We
Week Weeks Well Were What When Where Whether Which While Who Whose Why Will With Within Without
Would Year Years Yes Yesterday Yet You Your Yours Authorities Analysts Witnesses Scientists
Researchers Protesters Workers Lawmakers Investors People Men Women Children Monday Tuesday
Wednesday Thursday Friday Saturday Sunday January February March April May June July August
September October November December Jan Feb Mar Apr Jun Jul Aug Sept Sep Oct Nov Dec Christmas
Easter Thanksgiving Republican Democratic Democrat Democrats Republicans Conservative Liberal
Christian Muslim Jewish Catholic Internet English Nobel Olympic Olympics Bible God Mars Earth Moon
Sun That’s That's It’s It's He’s She’s There’s We’re We’ve I’m I’ve Don’t Let’s What’s They’re
You’re Who’s Here’s
""")
#: Words that make a name that of a place or a thing.
PLACE_WORDS: Final = words("""
Street Avenue Road Lane Close Point Quarter Bridge River Lake Sea Ocean Mountain Mountains Mount
Island Islands Bay Beach Cape Coast County Province Region Valley Park Square Station Airport
Harbour Harbor Port Stadium Building Tower Hall House Castle Palace Gulf Strait Desert Forest Hill
Hills Creek Peninsula City Town Village District Quay Pier Boulevard Highway Route Plaza Canal Dam
Act Agreement Treaty Accord Accords Amendment Bill Plan Prize Award Awards Cup War Wars Day Week
Month Year Games Festival Conference Summit Revolution Report Code Article Chapter Section Title
Constitution Convention Declaration Protocol Programme Program Deal Pact League Season
Championship Open Series Era Age Rights Law World North South East West Northern Southern Eastern
Western Central Upper Lower Great New Old
""")

#: Words for places that are last names as well.
SURNAMES_TOO: Final = words(
    "Hall Hill Hills Park West North Law Day Lane Castle Forest Bridge Lake"
)

_NATIONALITIES: Final = dict(
    pair.split(":")
    for pair in [
        "Afghan:Afghanistan",
        "Albanian:Albania",
        "Algerian:Algeria",
        "American:United_States",
        "Argentine:Argentina",
        "Armenian:Armenia",
        "Australian:Australia",
        "Austrian:Austria",
        "Azerbaijani:Azerbaijan",
        "Bangladeshi:Bangladesh",
        "Belarusian:Belarus",
        "Belgian:Belgium",
        "Bolivian:Bolivia",
        "Bosnian:Bosnia",
        "Brazilian:Brazil",
        "British:United_Kingdom",
        "Bulgarian:Bulgaria",
        "Cambodian:Cambodia",
        "Canadian:Canada",
        "Chilean:Chile",
        "Chinese:China",
        "Colombian:Colombia",
        "Congolese:Congo",
        "Croatian:Croatia",
        "Cuban:Cuba",
        "Cypriot:Cyprus",
        "Czech:Czechia",
        "Danish:Denmark",
        "Dutch:Netherlands",
        "Ecuadorean:Ecuador",
        "Egyptian:Egypt",
        "Estonian:Estonia",
        "Ethiopian:Ethiopia",
        "Filipino:Philippines",
        "Finnish:Finland",
        "French:France",
        "Georgian:Georgia",
        "German:Germany",
        "Ghanaian:Ghana",
        "Greek:Greece",
        "Haitian:Haiti",
        "Hungarian:Hungary",
        "Icelandic:Iceland",
        "Indian:India",
        "Indonesian:Indonesia",
        "Iranian:Iran",
        "Iraqi:Iraq",
        "Irish:Ireland",
        "Israeli:Israel",
        "Italian:Italy",
        "Jamaican:Jamaica",
        "Japanese:Japan",
        "Jordanian:Jordan",
        "Kazakh:Kazakhstan",
        "Kenyan:Kenya",
        "Kuwaiti:Kuwait",
        "Latvian:Latvia",
        "Lebanese:Lebanon",
        "Libyan:Libya",
        "Lithuanian:Lithuania",
        "Malaysian:Malaysia",
        "Mexican:Mexico",
        "Moldovan:Moldova",
        "Moroccan:Morocco",
        "Nepalese:Nepal",
        "Nigerian:Nigeria",
        "Norwegian:Norway",
        "Pakistani:Pakistan",
        "Palestinian:Palestinian_Territories",
        "Peruvian:Peru",
        "Philippine:Philippines",
        "Polish:Poland",
        "Portuguese:Portugal",
        "Qatari:Qatar",
        "Romanian:Romania",
        "Russian:Russia",
        "Saudi:Saudi_Arabia",
        "Scottish:Scotland",
        "Serbian:Serbia",
        "Slovak:Slovakia",
        "Slovenian:Slovenia",
        "Somali:Somalia",
        "Soviet:Soviet_Union",
        "Spanish:Spain",
        "Sudanese:Sudan",
        "Swedish:Sweden",
        "Swiss:Switzerland",
        "Syrian:Syria",
        "Taiwanese:Taiwan",
        "Thai:Thailand",
        "Tunisian:Tunisia",
        "Turkish:Turkey",
        "Ugandan:Uganda",
        "Ukrainian:Ukraine",
        "US:United_States",
        "U.S.:United_States",
        "UK:United_Kingdom",
        "U.K.:United_Kingdom",
        "Venezuelan:Venezuela",
        "Vietnamese:Vietnam",
        "Welsh:Wales",
        "Yemeni:Yemen",
        "Zimbabwean:Zimbabwe",
    ]
)
NATIONALITIES: Final = {word: country.replace("_", " ") for word, country in _NATIONALITIES.items()}

MALE_NAMES: Final = words("""
Aaron Abdul Abdullah Abraham Adam Adrian Ahmad Ahmed Alan Albert Alejandro Alex Alexander Alexei
Alfred Ali Allan Allen Alexandre Alvin Amir Anatoly Anders André Andre Andreas Andrei Andrew Andy
Angelo Ángel Anthony Antoine Anton Antonio António Apolinario Arjun Arnold Arthur Arturo Ashok
Barack Barry Bashar Ben Benjamin Benny Bernard Bernie Bert Bill Billy Bob Boris Brad Bradley
Brandon Brent Brett Brian Bruce Bruno Bryan Calvin Cameron Carl Carlos Cesar Chad Charles Charlie
Chris Christian Christoph Christopher Chuck Clarence Claude Clifford Clint Clinton Colin Connor
Craig Curtis Cyril Dale Damian Dan Daniel Danny Darren Dave David Dean Dennis Derek Dick Diego
Dieter Dimitri Dmitri Dmitry Don Donald Doug Douglas Duncan Dwight Earl Ed Eddie Edgar Eduardo
Edward Edwin Eli Elias Elijah Elliot Emil Emilio Emmanuel Enrique Eric Erich Erik Ernest Ernesto
Ethan Eugene Evan Fabio Farid Felipe Felix Ferdinand Fernando Fidel Francis Francisco Franco
François Frank Franz Fred Frederick Friedrich Fritz Gabriel Gary Gavin Gene Geoff Geoffrey George
Georg Gerald Gerard Gerhard Giorgio Giovanni Glen Glenn Gordon Graham Greg Gregory Guillermo
Gustav Guy Hamid Hans Harold Harry Harvey Hasan Hassan Heinz Helmut Henri Henrik Henry Herbert
Herman Hiroshi Howard Hugh Hugo Hussein Ian Ibrahim Igor Ion Isaac Ismail Ivan Jack Jackson Jacob
Jacques Jaime Jake Jakob James Jamie Jan Jared Jason Javier Jay Jean Jeff Jeffrey Jens Jeremy
Jerome Jerry Jesse Jim Jimmy Jin Joachim Joao João Joe Joel Johan Johann John Johnny Jon Jonas
Jonathan Jordan Jorge Jose José Josef Joseph Josh Joshua Juan Julian Julio Jürgen Justin Kamal
Karel Karl Keith Ken Kenneth Kenji Kevin Khalid Kirk Klaus Kofi Konrad Kumar Kurt Kwame Kyle Lance
Larry Lars Lawrence Lee Len Leo Leon Leonard Leonid Leroy Leslie Lewis Liam Lloyd Lorenzo Louis
Luc Luca Lucas Luis Luiz Luke Lyndon Magnus Mahmoud Manuel Marc Marcel Marco Marcos Marcus Mario
Mark Markus Martin Marvin Mateo Mathias Matt Matteo Matthew Maurice Max Maxim Mehmet Melvin
Michael Michel Miguel Mihai Mikael Mike Mikhail Milan Mitch Mitchell Mohamed Mohammad Mohammed
Morgan Muhammad Murray Mustafa Nathan Nathaniel Neil Nelson Nicholas Nicolas Nick Nigel Nikita
Nikolai Nikos Noah Noel Norman Oleg Oleksandr Oliver Olivier Omar Oscar Osman Otto Owen Pablo
Paolo Pat Patrick Paul Paulo Pavel Pedro Per Pete Peter Phil Philip Philippe Phillip Pierre Pieter
Pim Prakash Rafael Rahul Raj Rajesh Ralph Ramon Randall Randy Rashid Raul Ravi Ray Raymond Recep
Reginald Rex Ricardo Richard Rick Rob Robert Roberto Rodney Rodrigo Roger Roland Rolf Roman Ron
Ronald Ross Roy Rudolf Rudy Rupert Russell Ryan Said Salman Salvador Sam Samuel Sanjay Santiago
Scott Sean Sebastian Sergei Sergey Sergio Seth Shane Shaun Shinzo Simon Stanley Stefan Stephan
Stephen Sten Steve Steven Stewart Stuart Sven Takeshi Tariq Ted Teddy Terence Terry Theo Theodore
Thomas Tim Timothy Tobias Todd Tom Tomas Tomasz Tommy Tony Travis Trevor Tyler Umar Vaclav Valery
Vernon Victor Viktor Vince Vincent Vijay Vladimir Volodymyr Walter Warren Wayne Wei Werner Wesley
Wilfred Wilhelm Will William Willie August Arun Bojan Des Devon Idris Imre Pål Tor Zoran Goran
Dragan Milos Petter Lajos Andras Gus Tendai Kwesi Piers Keir Rishi Sadiq Nikolas Volker Uwe Lutz
Olaf Jeroen Geert Wim Joost Rasmus Søren Anwar Imran Nawaz Narendra Amit Sanjeev Deepak Anil
Suresh Ramesh Hiro Akira Satoshi Yoshi Jae Min Ming Jian Feng Tao Li Chen Wolfgang Xavier Xi
Yasser Yitzhak Yuri Yusuf Yves Zachary Zoltan
""")
FEMALE_NAMES: Final = words("""
Abigail Ada Adele Agnes Aisha Alexandra Alice Alicia Alison Allison Alma Amanda Amelia Amina Amy
Ana Andrea Angela Angelina Anita Ann Anna Anne Annette Annie Antonia April Ashley Astrid Audrey
Ayesha Barbara Beatrice Beatriz Becky Bernadette Bertha Beth Betty Beverly Bonnie Brenda Bridget
Camila Camille Candace Carla Carmen Carol Carole Caroline Carolyn Carrie Cassandra Catherine Cathy
Cecilia Celia Charlotte Cheryl Chloe Christina Christine Cindy Claire Clara Claudia Colleen Connie
Corazon Cristina Crystal Cynthia Daisy Dana Daniela Danielle Dawn Deborah Debra Deepa Delia Denise
Diana Diane Dolores Donna Dora Doris Dorothy Edith Edna Eileen Elaine Eleanor Elena Eliza
Elizabeth Ella Ellen Elsa Elsie Emily Emma Erica Erika Erin Esther Ethel Eva Eve Evelyn Fatima
Faye Fiona Florence Frances Francesca Freya Gabriela Gabrielle Gail Galina Genevieve Georgia
Geraldine Gina Giorgia Gladys Gloria Grace Greta Gwen Hannah Harriet Hazel Heather Helen Helena
Helga Hilary Hillary Hope Ida Indira Ines Inga Ingrid Irene Irina Iris Irma Isabel Isabella Ivy
Jacqueline Jane Janet Janice Jasmine Jean Jeanne Jenna Jennifer Jenny Jessica Jill Jo Joan Joanna
Jocelyn Josephine Joy Joyce Juanita Judith Judy Julia Juliana Julie June Kaja Kamala Karen Karin
Karla Kate Katharine Katherine Kathleen Kathryn Kathy Katie Katrina Kay Kayla Kelly Kerry Kim
Kimberly Kirsten Kristen Kristin Laura Lauren Leila Lena Leticia Lillian Lily Linda Lisa Liz Lois
Lola Loretta Lori Louise Lucia Lucille Lucy Ludmila Luisa Lydia Lynn Mabel Madeleine Maggie Mara
Marcia Margaret Margarita Margot Maria Mariam Marian Marianne Marie Marilyn Marina Marion Marjorie
Marlene Marta Martha Mary Maryam Maureen Maxine May Megan Meghan Melania Melanie Melissa Mercedes
Mia Michelle Mildred Miranda Miriam Moira Molly Mona Monica Monique Muriel Myra Nadia Nancy Naomi
Natalia Natalie Natasha Nell Nellie Nicola Nicole Nina Nora Norma Olga Olive Olivia Paige Pamela
Patricia Patsy Paula Pauline Pearl Peggy Penelope Penny Petra Phyllis Polly Priscilla Priya Rachel
Ramona Raquel Rebecca Regina Renee Rhonda Rita Roberta Robin Rosa Rosalind Rose Rosemary Roxanne
Ruby Ruth Sabrina Sadie Sally Samantha Sandra Sara Sarah Shannon Sharon Sheila Shelley Sherry
Shirley Silvia Simone Sofia Sonia Sophia Sophie Stacey Stella Stephanie Sue Susan Susanna Suzanne
Sylvia Tamara Tammy Tanya Tara Tatiana Teresa Thelma Theresa Tiffany Tina Tracy Ursula Valentina
Valerie Vanessa Vera Veronica Victoria Viola Violet Virginia Vivian Wanda Wendy Wilma Winifred
Yolanda Yvonne Yulia Zoe Morag Zara Sigrún Ngozi Siri Sunita Judit Tasha Mira Pia Lotte Yumi Amara
Chiara Freja Saoirse Niamh Aoife Orla Mhairi Shona Kirsty Catriona Ailsa Jacinda Sanna Giulia Elif
Ayşe Leyla Noor Zainab Khadija Rania Yasmin Lakshmi Sita Meera Anjali Keiko Yoko Hanako Mei Ling
Xiu
""")
GIVEN_NAMES: Final = MALE_NAMES | FEMALE_NAMES

#: A role's last word with the words that may stand before it, as a pattern.
ROLE_PATTERN: Final = "|".join(
    re.escape(role).replace(r"\ ", r"\s+") for role in sorted(ROLE_NOUNS, key=len, reverse=True)
)
