/// The words that may stay in a text: what head CT is described with, and nothing else.
///
/// A word that is missing costs a descriptor; a word too many could be someone's name. So given
/// names and surnames that are also words are left out unless they are needed.
enum Vocabulary {
    /// Whether a folded word may stay in a description.
    static func isDescriptive(_ word: Substring) -> Bool { descriptive.contains(String(word)) }

    /// Whether a folded word may stay in the name of a manufacturer or a model.
    static func isProduct(_ word: Substring) -> Bool { product.contains(String(word)) }

    /// Whether a folded word names a reconstruction kernel or a filter.
    static func isKernel(_ word: Substring) -> Bool { kernel.contains(String(word)) }

    /// Whether a folded word is the name of a contrast agent, which a concentration may follow.
    static func isContrastAgent(_ word: Substring) -> Bool { agents.contains(String(word)) }

    /// Whether a folded word names an ethnic group, in (0010,2160) alone.
    static func isEthnicGroup(_ word: Substring) -> Bool { ethnic.contains(String(word)) }

    /// All words in the order written, for the digest of a profile.
    static var source: String {
        [descriptions, contrastAgents, products, kernels, ethnicGroups].joined(separator: "\n")
    }

    private static let descriptive = set(descriptions).union(agents)
    private static let agents = set(contrastAgents)
    private static let ethnic = set(ethnicGroups)
    private static let product = set(products)
    private static let kernel = set(kernels)

    private static func set(_ words: String) -> Set<String> {
        Set(words.split { $0 == " " || $0 == "\n" }.map(String.init))
    }

    private static let descriptions = """
        ct cct cta ctp ctv ncct nect cect dect hrct mdct tomography scan scanner series study exam
        examination image images recon reconstruction reformat reformatted reformation protocol
        head neck brain skull cranial cranium cerebral cerebrum cerebellum intracranial
        neurocranium neurokranium schaedel schadel kopf hirn cerveau crane tete cabeza craneo
        cerebro cranio testa encefalo cerebri cranium glowa hlava kafa beyin
        orbit orbits orbita orbitae face facial sinus sinuses paranasal nose ear ears mastoid
        mastoids temporal petrous sella pituitary base basis skullbase vertex calvaria calvarium
        bone bones osseous soft tissue tissues knochen weichteil weichteile os parenchyma
        haemorrhage hemorrhage bleed bleeding ischaemia ischemia infarct stroke trauma traumatic
        emergency routine standard std stnd plain native nativ nativa simple nonenhanced enhanced
        unenhanced noncontrast contrast postcontrast precontrast angio angiography angiographie
        perfusion venous arterial delayed phase phases early late bolus dynamic venogram
        with without w wo wout and or of the avec sans con sin senza mit ohne und sem com
        iv ivcon kontrast contraste km kmu
        axial ax axi tra transverse transversal coronal cor sagittal sag oblique mpr mip minip vrt
        volume vol helical helix spiral sequence sequential seq serial incremental step shoot
        thin thick thickness slice slices mm cm cc ml sec kv kvp ma mas mgy hu fov
        adult child pediatric paediatric infant neonate neonatal baby kinder kind
        low high dose ultra normal sharp smooth detail medium large small full half
        window windows level subdural cerebellar posterior fossa anterior superior inferior
        supine prone feet first left right bilateral om canthomeatal orbitomeatal line
        filter wedge flat body none no yes on off auto automatic adaptive iterative
        asir veo idose aidr aice safire admire imr fbp dlir dl mar omar smar imar metal artefact
        artifact reduction motion correction gated
        follow up followup postop preop postoperative preoperative control
        localizer localiser scout topogram surview scanogram tilt gantry angled
        air water tissue contrast intravenous oral rectal
        phantom synthetic simulated test quality
        original primary secondary derived
        w/o w.o. w/wo w/ wwo non noncon nc pre post c+ c- plus minus neuro neuroradiology
        neurology neurosurgery neurovascular tc tdm tac escaner tomodensitometrie computed
        computerized computertomographie tomografia tomographie injection injecte iodee iode
        simples vacio monoenergetic monoe monochromatic energy dual kev vmi vnc virtual spectral
        mixed linear blended emergent urgent inpatient outpatient portable bedside polytrauma
        concussion tbi sah ich ivh sdh edh aneurysm aneurysma tumor tumour metastasis metastases
        glioma meningioma hydrocephalus shunt vp ventricle ventricles ventricular seizure epilepsy
        headache dizziness syncope dementia atrophy edema oedema swelling midline herniation
        fracture fractures lesion lesions acute subacute chronic hyperacute occlusion stenosis
        thrombus thrombosis thrombectomy thrombolysis lvo penumbra cbf cbv mtt ttp tmax carotid
        carotids vertebral basilar aortic artery arteries vein veins venography arteriogram
        arteriography circulation spinal cervical spine maxillofacial maxilla mandible dental
        orbital nasal zygoma iac iacs internal auditory canal canals tempbone temporalbone
        craniotomy craniectomy cranioplasty evd stent navigation brainlab stereotactic stereotaxy
        planning complete limited repeat repeated additional extended combined multi multiphase
        monophase biphasic triphasic delay minute minutes hour hours cervello encephale encephalon
        neurocraneo craneal craniale cranien cerebrale hoofd schedel hersenen hjerne skalle hovud
        huvud hjarna neuroschaedel schaedelbasis gesichtsschaedel felsenbein nnh nasennebenhohlen
        senos paranasales seni paranasali faciale axiale axiales axiaal coronale koronar sagittale
        sagital coronales sagitales schicht schichten duenn coupe coupes osseux huesos tessuto
        molle tissus tejido partes blandas fenster fenetre ventana finestra serie studio estudio
        etude studie untersuchung examen esame exame undersokelse reconstruccion ricostruzione
        rekonstruktion reconstructie recons rec reformats mpr3d 3d 2d vr ssd curved spo sagittals
        coronals axials obliques softs algorithm algo iter hd uhd uhr hres res resolution lowdose
        low-dose standarddose reduced sparse rotation overlap overlapping contiguous interleaved
        axialvol premonitoring monitoring bolustracking testbolus timing smartprep sureprep
        surestart enhance enhancement arterialphase venousphase
        sn xy applied sequenz serien mdc blanco blanc alert code op st mezzo contrasto kontrastmittel kmgabe kmphase ohnekm
        mitkm natif nativo nativos natywne natywny kontrastem bez urgence urgencia urgenza notfall
        dringend polytraumascan schlaganfall ictus avc accident vasculaire cranial hirnperfusion
        cranioencefalico craneoencefalico cranioencephalique encefalico encefalica neurocraneo
        schedelbasis hersen hoofdhals angiografia angioct angiotc angiotac angiotdm angioscanner
        perfusie perfusione perfusao perfusionsct cabeca cerebral mozg czaszka mozek lebka
        agy koponya creier craniu kranio kraniet kranium hoved hjernen skalla aivot
        beyinbt bt glava mozak lobanja galva smegenys
        baseline initial screening monitor portal nephrographic noncontrasted uncontrasted
        nocontrast withcontrast withoutcontrast wcontrast wocontrast
        brainwindow bonewindow softtissue thinslice thinslices thins recon1 recon2 recon3
        mono monochrom iodinemap calcium removal bonesubtraction subtraction subtracted
        ctp cbfcbv rapid aspects collateral collaterals ctangio cthead ctbrain headct brainct
        headneck headbrain brainhead headroutine routinehead headseq headspi neurorad
        chest thorax abdomen pelvis lung heart cardiac liver kidney spine cspine tspine lspine
        lumbar thoracic sacrum sacral shoulder elbow wrist hand hip knee ankle foot leg arm
        extremity extremities wholebody whole throat larynx airway trachea arch aorta
        circle posttrauma postcontrast ap lat lateral frontal occipital parietal
        first second third final native1 arterial1 venous1
        peds stat pet wb ctac petct subarachnoid epidural extradural intraventricular
        intraparenchymal periventricular supratentorial infratentorial brainstem cord meninges
        """

    private static let contrastAgents = """
        omnipaque ultravist iomeron isovue visipaque optiray xenetix iopamiro iopamidol iohexol
        iomeprol iopromide ioversol iodixanol iodine iodinated imeron accupaque solutrast imagopaque
        iobitridol oxilan ioxilan hexabrix conray telebrix niopam scanlux isovist
        """

    /// Categories of censuses; a word here that is also a surname is kept out as one's own name.
    private static let ethnicGroups = """
        caucasian asian white black african american hispanic latino latina non not or other unknown
        native hawaiian pacific islander alaska indian european arab arabic middle eastern east south
        mixed multiple multiracial declined unspecified refused none oriental
        """

    // The last line names the invented vendors of the simulated hospitals.
    private static let products = """
        ge general electric healthcare medical systems system siemens healthineers philips toshiba
        canon hitachi neusoft neurologica samsung shimadzu picker elscint marconi united imaging
        uih fujifilm fuji electronics international anke minfound mobius corporation company ltd inc gmbh ag co technologies
        brightspeed lightspeed hispeed prospeed optima revolution discovery optimact apex evo hd
        hdcta frontier maxima cardiographe dual plus pro ultra vct xt xte elite ace act ascend
        somatom definition flash edge force drive sensation emotion spirit perspective scope
        plus4 volume zoom go up now all top sim open confidence x cite pro naeotom alpha peak
        on site as balance duo esprit smile balance access
        aquilion prime lightning serve exceed one vision genesis prism insight start lb premium
        activion alexion asteion xpress astelion cxl sp cx rxl
        brilliance ingenuity incisive iqon ict mx big bore gemini vereos spectral core elite
        core128 air precedence tube flex pet ct tomoscan secura
        scenaria eclos supria presto radix robusto view se
        neuviz glory epoch extra in uct cereto cereton ceretom omnitom bodytom
        phantom synthetic simulated simulator simulation
        biograph ste idt tf twin scenario imatron mec sct
        nordlicht meridian kranich somnus pico lightframe axion swift
        """

    private static let kernels = """
        standard std stnd soft softplus detail bone boneplus lung lungplus edge edgeplus ultra chst
        chest hd brain smooth sharp sharper sharpness medium smoothplus ns ss ua ub uc ud ue ya yb
        yc yd ye ea eb ec ed sa sb sc xa xb xc xres h head body filter bodyfilter headfilter
        tissue tissues
        b c d e f l a n s large small wedge flat none no air normal adult infant bowtie
        """
}
