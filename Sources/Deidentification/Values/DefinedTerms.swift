import DICOM

/// The code strings that may stay: terms of the standard and of the vendors for CT.
///
/// A value representation of CS is no protection, since names fit into it; a closed list is.
enum DefinedTerms {
    /// Whether `value` may stay in the attribute.
    static func allows(_ value: String, for tag: Tag) -> Bool {
        switch tag {
        case .patientSex, .patientSexNeutered: sexes.contains(value)
        case .modality: value == "CT"
        case .bodyPartExamined: bodyParts.contains(value)
        case .patientPosition: positions.contains(value)
        case .patientOrientation: isOrientation(value)
        case .imageType: imageTypes.contains(value)
        default: general.contains(value)
        }
    }

    /// Whether `value` is a term of any attribute or a body part, as a private code string may be.
    static func isPrivateTerm(_ value: String) -> Bool {
        general.contains(value) || bodyParts.contains(value) || privateTerms.contains(value)
    }

    /// All terms in the order written, for the digest of a profile.
    static var source: String {
        [sexTerms, bodyPartTerms, positionTerms, imageTypeTerms, generalTerms, privateTermList]
            .joined(separator: "\n")
    }

    private static let sexes = set(sexTerms)
    private static let bodyParts = set(bodyPartTerms)
    private static let positions = set(positionTerms)
    private static let imageTypes = set(imageTypeTerms)
    private static let privateTerms = set(privateTermList)
    private static let general = set(generalTerms).union(imageTypes)

    private static func set(_ terms: String) -> Set<String> {
        Set(
            terms.split { $0 == "," || $0 == "\n" }.map { term in
                String(term.drop { $0 == " " })
            }
        )
    }

    /// One or two letters out of the six directions, such as `L` or `PH`.
    private static func isOrientation(_ value: String) -> Bool {
        (1...3).contains(value.utf8.count) && value.allSatisfy { "LRAPHF".contains($0) }
    }

    private static let sexTerms = "M,F,O,ALTERED,UNALTERED"

    private static let bodyPartTerms = """
        HEAD,BRAIN,SKULL,NEURO,CRANIUM,HEADNECK,HEAD_NECK,HEAD NECK,NECK,FACE,ORBIT,ORBITS,SINUS
        SINUSES,EAR,IAC,MASTOID,SELLA,HEADANGIO,WHOLEBODY,CEREBRUM,CEREBELLUM,PAROTID,JAW,MANDIBLE
        MAXILLA,NOSE,TMJ,TEMPBONE,TEMPORAL BONE,SKULLBASE,CHEST,ABDOMEN,PELVIS,SPINE,CSPINE,TSPINE
        LSPINE,SSPINE,EYE,THYROID,THYMUS,MEDIASTINUM,BRONCHUS,BREAST,STERNUM,RIB,CLAVICLE,SCAPULA,HUMERUS
        FOREARM,FINGER,THIGH,FEMUR,CALF,TOE,SACRUM,COCCYX,STOMACH,COLON,RECTUM,PANCREAS,SPLEEN,BLADDER
        UTERUS,PROSTATE,CERVICAL SPINE,EXTREMITY,HEART,LUNG,LIVER,KIDNEY,SHOULDER,ELBOW,WRIST,HAND,HIP
        KNEE,ANKLE,FOOT,LEG,ARM,CAROTID,AORTA,ABDOMENPELVIS,CHESTABDPELVIS,CHESTABDOMEN,PHANTOM
        """

    private static let positionTerms = "HFS,HFP,HFDR,HFDL,FFS,FFP,FFDR,FFDL"

    private static let imageTypeTerms = """
        ORIGINAL,DERIVED,PRIMARY,SECONDARY,AXIAL,LOCALIZER,REFORMATTED,ADD,NORMAL,VOLUME,HELICAL,SPIRAL,SEQUENCE,NONE
        CT_SOM5 SPI,CT_SOM5 SEQ,CT_SOM7 SPI,CT_SOM7 SEQ,CT_SOM8 SPI,CT_SOM8 SEQ,CT_SOM5 TOP
        HELIX,CT_SOM5 TOP,CT_SOM9 SPI,CT_SOM9 SEQ,CT_SOM7 TOP,SPI,SEQ,ORTHO,STD,AVG,MAX,MPR,MIP,FILTERED
        CT_SOM5 SPI DUAL,CT_SOM7 SPI DUAL,CT_SOM8 SPI DUAL,OTHER,DUALENERGY,VMI,MEAN,AVERAGE,SUBTRACTION,ASIR,VEO,DOM,JP2K LOSSY,LOSSY
        """

    private static let generalTerms = """
        YES,NO,CW,CC,CCW,L,R,B,U,3D,XYZ_EC_PLUS,AUTO_MA,ORGAN,3D MODULATION,AUTO
        SCOUT MODE,SURVIEW,SCANOSCOPE,SCANOSCOPE_CT,TOPOGRAM,HELICAL_VOLUME,DYNAMIC_CT,CONVENTIONAL
        VOLUME_CT,HP_CT,S&S,S&V,HELICAL SCAN,AXIAL SCAN,SNAPSHOT,PULSE,RETRO,PROSP,IR
        HELIX,HELICAL MODE,SPIRAL MODE,AXIAL_CT,AXIAL MODE,AXIAL_MODE,CINE MODE,SEQUENCED,CONSTANT_ANGLE,STATIONARY,FREE
        HELICAL_CT,NORMAL_CT,SEQ,SPI,DVOL,VOLUMESCAN,DYNAMIC,HELICAL,SPIRAL,AXIAL,STEPANDSHOOT
        TILT,PHASE,ECG,TP,CARDIAC GATING,STD,STANDARD,HIGH,ULTRA HIGH,ULTRAFAST,NORMAL,IN,OUT
        Z MODULATION,XY MODULATION,XYZ MODULATION,ANGULAR,LONGITUDINAL,ACS,DOM,ZDOM,Z_DOM,DDOM
        XYZ_EC,Z_EC,XY_EC,FIXED_MA,FIXED,AUTOMA,SMARTMA,CAREDOSE,CARE,NONE
        COPPER,ALUMINUM,TIN,TITANIUM,TEFLON,MIXED,WEDGE,FLAT,BUTTERFLY,STRIP,MULTIPLE
        LINEAR,LINEAR_EXACT,SIGMOID,IDENTITY,INVERSE,HU
        ISO_10918_1,ISO_14495_1,ISO_15444_1,ISO_15444_2,ISO_15444_15,ISO_13818_2,ISO_14496_10
        00,01,IODINE,GADOLINIUM,CARBON DIOXIDE,BARIUM,XENON
        PRODUCT,RESEARCH,SERVICE,BIPED,QUADRUPED,ASCENDING,DESCENDING,APEX_TO_BASE,BASE_TO_APEX
        ANTERIOR_TO_POSTERIOR,POSTERIOR_TO_ANTERIOR,SUPERIOR_TO_INFERIOR,INFERIOR_TO_SUPERIOR
        SOURCE,EXTERNAL,PASSTHRU,NO TRIGGER,MASTER,SLAVE
        SWITCHING_SOURCE,CONSTANT_SOURCE,INTEGRATING,MULTILAYER,PHOTON_COUNTING
        PROJECTION_BASED,IMAGE_BASED,HYBRID,RIGHT_ON_LEFT,LEFT_ON_RIGHT
        NEVER,FORMER,UNKNOWN,NUMERIC,CODE,ENHANCED,UNENHANCED
        """

    /// What private code strings of scanners say: phantoms of dose, kinds of scan.
    private static let privateTermList = """
        BODY,ADULT,CHILD,INFANT,PEDIATRIC,ADULT HEAD,ADULT BODY,PEDIATRIC HEAD,PEDIATRIC BODY
        CIRCLE,SCOUT,SURVIEW,CINE,BIOPSY,CONTINUOUS,FSE,FGRE,SPGR,EFGRE3D,SSFSE,3DTOF,FIESTA
        """
}
