internal import COneDNN

/// The memory objects one run of a primitive works on, kept alive with the list of their handles.
@safe
struct PrimitiveArguments {
    let list: [dnnl_exec_arg_t]
    private let owners: [EngineMemory]

    init(_ arguments: [(role: Int32, memory: EngineMemory)]) {
        unsafe list = arguments.map {
            unsafe dnnl_exec_arg_t(arg: $0.role, memory: $0.memory.handle)
        }
        owners = arguments.map(\.memory)
    }
}
