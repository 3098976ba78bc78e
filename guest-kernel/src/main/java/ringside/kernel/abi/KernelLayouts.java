package ringside.kernel.abi;

import java.util.List;
import ringside.toolchain.layout.RecordLayout;

/**
 * How Bantam's objects lie in memory, and the few records that hardware and loaders prescribe.
 *
 * <p>The fast path decides the order: of a thread it touches two cache lines, of a CPU, a handle and an endpoint one
 * each.
 */
public final class KernelLayouts {
    /** Bytes in a cache line. */
    public static final int CACHE_LINE = 64;

    /**
     * What all objects begin with. An object is there for as long as something can name it. {@code cpu} is the low half
     * of the address of a thread's Cpu, where it runs or is queued; the upper half is all ones, as in the whole image.
     */
    public static final RecordLayout OBJECT = RecordLayout.named("Object")
            .u64("first_handle")
            .u64("payer")
            .u64("next_dropped")
            .u32("kind")
            .u32("cpu")
            .build();

    /**
     * A right to use an object, in a process's table; all zero is an empty slot. One cache line.
     *
     * <p>All handles to an object are in one list: behind each come those that were copied from it, one deeper.
     */
    public static final RecordLayout HANDLE = RecordLayout.named("Handle")
            .align(CACHE_LINE)
            .u64("object")
            .u32("rights")
            .u32("depth")
            .u64("badge")
            .u64("process")
            .u64("next")
            .u64("previous")
            .u64("mappings")
            .align(CACHE_LINE)
            .build();

    /**
     * An address space, handles, and a quota of kernel memory that pays for what is made for it. Its children are the
     * processes that it gave part of the quota: they end with it. Its fault handler is a handle like others, but in no
     * slot: nobody can name it, and it goes with the handle that it was copied from. {@code may_wait} means something
     * only while the kernel looks who may wait no more.
     */
    public static final RecordLayout PROCESS = RecordLayout.named("Process")
            .align(CACHE_LINE)
            .record("object", OBJECT)
            .u64("handles")
            .u64("cr3")
            .u64("quota")
            .u64("used")
            .u64("first_thread")
            .u64("state")
            .u64("first_child")
            .u64("child_next")
            .u64("child_previous")
            .u64("root")
            .u64("mappings")
            .u64("may_wait")
            .array("name", 1, KernelAbi.TEXT_BLOCK)
            .u64("mode")
            .align(CACHE_LINE)
            .record("fault_handler", HANDLE)
            .build();

    /**
     * A thread: what it waits for, and its registers. The block is the trap frame; there is no other.
     *
     * <pre>
     *   line 0  whose it is                         line 3  registers that a message arrives in
     *   line 1  what the fast path asks and sets    line 4  what only a trap or a wait saves
     *   line 2  registers that a call preserves     line 5  what few threads have
     * </pre>
     *
     * <p>From {@code vector} to {@code fault_rip} lies the message that a fault sends.
     */
    public static final RecordLayout THREAD = RecordLayout.named("Thread")
            .align(CACHE_LINE)
            .record("object", OBJECT)
            .u64("process")
            .u64("process_next")
            .u64("process_previous")
            .u64("badge")
            .expectOffset(CACHE_LINE)
            .u64("handles")
            .u64("cr3")
            .u64("next")
            .u64("caller")
            .u32("fast_from")
            .u32("fast_to")
            .u64("user_flags")
            .u32("state")
            .u32("priority")
            .u64("waits_on")
            .expectOffset(2 * CACHE_LINE)
            .u64("rip")
            .u64("rsp")
            .u64("rbx")
            .u64("rbp")
            .u64("r12")
            .u64("r13")
            .u64("r14")
            .u64("r15")
            .expectOffset(3 * CACHE_LINE)
            .u64("rax")
            .u64("rdi")
            .u64("rsi")
            .u64("rdx")
            .u64("r8")
            .u64("r9")
            .u64("r10")
            .u64("float")
            .expectOffset(4 * CACHE_LINE)
            .u64("rcx")
            .u64("r11")
            .u64("rflags")
            .u32("trapped")
            .u32("mode")
            .u64("vector")
            .u64("error")
            .u64("address")
            .u64("fault_rip")
            .expectOffset(5 * CACHE_LINE)
            .u64("bound")
            .u64("sleep_next")
            .u64("sleep_link")
            .u64("wake_tick")
            .u32("own_priority")
            .u64("bound_by")
            .u64("bound_through")
            .align(CACHE_LINE)
            .build();

    /**
     * Where senders and receivers meet: receivers wait in a stack, senders in a queue, never both. Without a handle
     * that may receive it is closed for good.
     */
    public static final RecordLayout ENDPOINT = RecordLayout.named("Endpoint")
            .align(CACHE_LINE)
            .record("object", OBJECT)
            .u64("receivers")
            .u64("senders")
            .u64("senders_last")
            .u64("receive_handles")
            .align(CACHE_LINE)
            .build();

    /** Bits that are signalled, and who waits for them: the most urgent thread first, else the one bound to it. */
    public static final RecordLayout NOTIFICATION = RecordLayout.named("Notification")
            .align(CACHE_LINE)
            .record("object", OBJECT)
            .u64("waiters")
            .u64("bits")
            .u64("bound")
            .u64("interrupts")
            .align(CACHE_LINE)
            .build();

    /**
     * A line of the I/O APIC. With a notification it is in that one's list; it is open between an acknowledgement and
     * the interrupt that follows, and masked otherwise. It is bound by a handle to the notification, through one to
     * itself, and ends to be with either.
     */
    public static final RecordLayout INTERRUPT = RecordLayout.named("Interrupt")
            .align(CACHE_LINE)
            .record("object", OBJECT)
            .u64("notification")
            .u64("bits")
            .u64("next")
            .u32("line")
            .u32("open")
            .u64("by")
            .u64("through")
            .align(CACHE_LINE)
            .build();

    /**
     * Pages of zeros at first: a table of their physical addresses, how many there are, in blocks of which order, and
     * who waits for words in them, the most urgent thread first. A page may be another memory object's too, as long as
     * nobody writes to it.
     */
    public static final RecordLayout MEMORY = RecordLayout.named("Memory")
            .align(CACHE_LINE)
            .record("object", OBJECT)
            .u64("waiters")
            .u64("table")
            .u64("pages")
            .u64("order")
            .align(CACHE_LINE)
            .build();

    /**
     * Pages of a memory object in an address space. It is in the list of the process, and in that of the handle that
     * allows it, and ends with either. Its access is as bits of page table entries; pages that two memory objects share
     * are mapped to be read even where it says that they can be written.
     */
    public static final RecordLayout MAPPING = RecordLayout.named("Mapping")
            .align(CACHE_LINE)
            .record("object", OBJECT)
            .u64("process")
            .u64("process_next")
            .u64("process_previous")
            .u64("handle")
            .u64("handle_next")
            .u64("handle_previous")
            .u64("address")
            .u64("pages")
            .u64("first")
            .u64("access")
            .align(CACHE_LINE)
            .build();

    /** A caller that waits for its answer, while it is a handle of whoever is to give it. */
    public static final RecordLayout REPLY = RecordLayout.named("Reply")
            .align(CACHE_LINE)
            .record("object", OBJECT)
            .u64("caller")
            .align(CACHE_LINE)
            .build();

    /** What FXSAVE64 stores and FXRSTOR64 loads (SDM 1 10.5.1): x87, SSE, and nothing of AVX. */
    public static final RecordLayout FLOAT_AREA = RecordLayout.named("FloatArea")
            .u16("control")
            .u16("status")
            .u8("tags")
            .u8("reserved0")
            .u16("opcode")
            .u64("instruction")
            .u64("data")
            .u32("mxcsr")
            .u32("mxcsr_mask")
            .expectOffset(32)
            .array("x87", Long.BYTES, 16)
            .array("xmm", Long.BYTES, 32)
            .expectOffset(416)
            .array("reserved1", Long.BYTES, 12)
            .build();

    /** The floating-point registers of a thread that has some, while it does not run. */
    public static final RecordLayout FLOAT = RecordLayout.named("Float")
            .align(CACHE_LINE)
            .record("object", OBJECT)
            .record("area", FLOAT_AREA)
            .align(CACHE_LINE)
            .build();

    /** What is in a free object: its neighbours in its cache's list. */
    public static final RecordLayout FREE_OBJECT =
            RecordLayout.named("FreeObject").u64("next").u64("previous").build();

    /** Free objects of one kind, and how many there are. */
    public static final RecordLayout OBJECT_CACHE =
            RecordLayout.named("ObjectCache").u64("free").u64("bytes").u64("used").u64("total").build();

    /** The runnable threads of one priority, except the one that runs. */
    public static final RecordLayout LEVEL = RecordLayout.named("Level").u64("first").u64("last").build();

    /**
     * What belongs to one CPU; {@code gs} points here while the kernel runs. A bit of {@code ready} is set while the
     * level of that priority is not empty; {@code highest} is the highest of them, signed, or {@code PRIORITY_NONE}.
     * {@code float} is whose floating-point registers the CPU has.
     */
    public static final RecordLayout CPU = RecordLayout.named("Cpu")
            .align(CACHE_LINE)
            .u64("current")
            .u32("highest")
            .u32("index")
            .u64("stack_end")
            .u64("self")
            .u64("ticks")
            .u64("sleepers")
            .u64("float")
            .align(CACHE_LINE)
            .array("ready", Long.BYTES, KernelAbi.PRIORITY_COUNT / Long.SIZE)
            .align(CACHE_LINE)
            .records("levels", LEVEL, KernelAbi.PRIORITY_COUNT)
            .align(CACHE_LINE)
            .u64("space_wanted")
            .u64("user_stack")
            .u64("spare")
            .u32("lock_given")
            .u32("apic")
            .u32("started")
            .align(CACHE_LINE)
            .build();

    /** What the CPU and a vector's stub leave on the kernel stack, from the top of the stack upwards. */
    public static final RecordLayout TRAP_STACK = RecordLayout.named("TrapStack")
            .u64("vector")
            .u64("error")
            .u64("rip")
            .u64("cs")
            .u64("rflags")
            .u64("rsp")
            .u64("ss")
            .build();

    /** All registers on the stack, for a panic to show. */
    public static final RecordLayout PANIC_FRAME = RecordLayout.named("PanicFrame")
            .u64("r15")
            .u64("r14")
            .u64("r13")
            .u64("r12")
            .u64("r11")
            .u64("r10")
            .u64("r9")
            .u64("r8")
            .u64("rbp")
            .u64("rdi")
            .u64("rsi")
            .u64("rdx")
            .u64("rcx")
            .u64("rbx")
            .u64("rax")
            .record("trap", TRAP_STACK)
            .build();

    /** The 64-bit task-state segment (SDM 3A 8.7). */
    public static final RecordLayout TASK_STATE = RecordLayout.named("TaskState")
            .packed()
            .u32("reserved0")
            .u64("rsp0")
            .u64("rsp1")
            .u64("rsp2")
            .u64("reserved1")
            .u64("ist1")
            .u64("ist2")
            .u64("ist3")
            .u64("ist4")
            .array("ist5_to_7", Long.BYTES, 3)
            .u64("reserved2")
            .u16("reserved3")
            .u16("io_map")
            .expectOffset(104)
            .build();

    /** An interrupt gate of long mode (SDM 3A 6.14.1). */
    public static final RecordLayout GATE = RecordLayout.named("Gate")
            .packed()
            .u16("offset_low")
            .u16("selector")
            .u8("ist")
            .u8("type")
            .u16("offset_middle")
            .u32("offset_high")
            .u32("reserved")
            .expectOffset(16)
            .build();

    /** The operand of LGDT and LIDT in long mode. */
    public static final RecordLayout TABLE_POINTER =
            RecordLayout.named("TablePointer").packed().u16("limit").u64("base").build();

    /** Head of what {@code ebx} points to at a PVH entry (Xen, public/arch-x86/hvm/start_info.h). */
    public static final RecordLayout START_INFO = RecordLayout.named("StartInfo")
            .u32("magic")
            .u32("version")
            .u32("flags")
            .u32("module_count")
            .u64("modules")
            .u64("command_line")
            .u64("rsdp")
            .u64("memory_map")
            .u32("memory_map_entries")
            .u32("reserved")
            .expectOffset(56)
            .build();

    /** An entry of the memory map: PVH's and multiboot2's are the same. */
    public static final RecordLayout MEMORY_MAP_ENTRY = RecordLayout.named("MemoryMapEntry")
            .u64("start")
            .u64("length")
            .u32("kind")
            .u32("reserved")
            .build();

    /** What {@code ebx} points to at a multiboot2 entry, before the first tag (Multiboot2 specification 3.6.2). */
    public static final RecordLayout TAG_LIST = RecordLayout.named("TagList").u32("bytes").u32("reserved").build();

    /** A tag of that list; the memory map has two more words before its entries. */
    public static final RecordLayout TAG = RecordLayout.named("Tag")
            .u32("kind")
            .u32("bytes")
            .u32("entry_size")
            .u32("entry_version")
            .build();

    /** ACPI's root pointer (ACPI 6.5, 5.2.5.3); before revision 2 it ends behind {@code rsdt}. */
    public static final RecordLayout ACPI_ROOT = RecordLayout.named("AcpiRoot")
            .packed()
            .u64("signature")
            .array("sum_and_maker", 1, 7)
            .u8("revision")
            .u32("rsdt")
            .expectOffset(20)
            .u32("bytes")
            .u64("xsdt")
            .u32("sum_and_reserved")
            .expectOffset(36)
            .build();

    /** What every ACPI table begins with (ACPI 6.5, 5.2.6). */
    public static final RecordLayout ACPI_TABLE = RecordLayout.named("AcpiTable")
            .packed()
            .u32("signature")
            .u32("bytes")
            .array("sum_and_maker", 1, 28)
            .expectOffset(36)
            .build();

    /** An entry of ACPI's table of interrupt controllers: a CPU with its local APIC (ACPI 6.5, 5.2.12.2). */
    public static final RecordLayout ACPI_CPU = RecordLayout.named("AcpiCpu")
            .u8("kind")
            .u8("bytes")
            .u8("processor")
            .u8("apic")
            .u32("flags")
            .build();

    /** Part of the memory map as the kernel keeps it, in whole pages. */
    public static final RecordLayout MEMORY_RANGE =
            RecordLayout.named("MemoryRange").u64("first").u64("end").u64("usable").build();

    /**
     * What the kernel knows of a page frame. Of a block of 2^order frames the first one speaks for all. Links are frame
     * numbers; frame 0 is never given out, so 0 ends a list. A page of a cache has so many objects in use.
     */
    public static final RecordLayout FRAME = RecordLayout.named("Frame")
            .u32("next")
            .u32("previous")
            .u32("shares")
            .u8("state")
            .u8("order")
            .u16("objects")
            .build();

    /** One process of the first tasks: where its lists are. Lists end with a zero quadword. */
    public static final RecordLayout PROCESS_PLAN = RecordLayout.named("ProcessPlan")
            .array("name", 1, KernelAbi.TEXT_BLOCK)
            .u64("mode")
            .u64("quota")
            .u64("regions")
            .u64("threads")
            .u64("handles")
            .build();

    /** Pages of a user program to be mapped. */
    public static final RecordLayout REGION_PLAN = RecordLayout.named("RegionPlan")
            .u64("virtual")
            .u64("end")
            .u64("physical")
            .u64("access")
            .build();

    /** A thread to be created. */
    public static final RecordLayout THREAD_PLAN = RecordLayout.named("ThreadPlan")
            .u64("entry")
            .u64("argument")
            .u64("priority")
            .u64("user_flags")
            .build();

    /** A handle to be filled in: to the endpoint of a cell, or to the process itself. */
    public static final RecordLayout HANDLE_PLAN = RecordLayout.named("HandlePlan")
            .u64("object")
            .u64("slot")
            .u64("rights")
            .u64("badge")
            .build();

    private KernelLayouts() {
    }

    /** {@return all of them, in the order of the include file} */
    public static List<RecordLayout> all() {
        return List.of(OBJECT, HANDLE, PROCESS, THREAD, ENDPOINT, NOTIFICATION, INTERRUPT, MEMORY, MAPPING,
                REPLY, FLOAT_AREA, FLOAT, FREE_OBJECT, OBJECT_CACHE, LEVEL, CPU, TRAP_STACK, PANIC_FRAME, TASK_STATE,
                GATE, TABLE_POINTER, START_INFO, MEMORY_MAP_ENTRY, TAG_LIST, TAG, ACPI_ROOT, ACPI_TABLE, ACPI_CPU,
                MEMORY_RANGE, FRAME, PROCESS_PLAN, REGION_PLAN, THREAD_PLAN, HANDLE_PLAN);
    }
}
