; A driver for the virtio disk that does what it is told, right or wrong (Virtual I/O Device 1.1, 4.1, 2.6 and 5.2).

%include "runtime/machine.inc"
%include "runtime/disk.inc"

KINDS           equ     5
MOST_POLLS      equ     4_000_000

section .text

; disk_open(): finds the disk and maps its registers; without one the program ends with `skip: no virtio disk`.
; Clobbers all but rsp.
global  disk_open
disk_open:
        mov     esi, DISK_ID
        call    pci_find
        jnc     .found
        push    no_disk_text
        call    print_line
        jmp     program_return
.found:
        mov     [rel disk_function], edi
        or      edi, PCI_COMMAND
        call    pci_read
        movzx   esi, ax
        or      esi, PCI_COMMAND_ALL
        and     esi, ~PCI_COMMAND_NO_PIN
        call    pci_write
        mov     edi, [rel disk_function]
        or      edi, PCI_BASE_0
        call    pci_read
        and     eax, ~3
        mov     [rel disk_ports], eax
        mov     edi, [rel disk_function]
        or      edi, PCI_CAPABILITIES
        call    pci_read
.capability:
        movzx   ebx, al
        test    ebx, ebx
        jz      .done
        call    map_capability
        mov     edi, [rel disk_function]
        or      edi, ebx
        call    pci_read
        shr     eax, 8
        jmp     .capability
.done:
        ret

; ebx = the register at which the capability is; rbx stays
map_capability:
        mov     edi, [rel disk_function]
        or      edi, ebx
        call    pci_read
        cmp     al, PCI_VENDOR_CAPABILITY
        jne     .other
        shr     eax, 24
        cmp     eax, KINDS
        jae     .other
        mov     ecx, eax
        add     edi, 4
        call    pci_read
        movzx   r8d, al
        add     edi, 4
        call    pci_read
        mov     r9d, eax
        mov     edi, [rel disk_function]
        lea     edi, [rdi + r8 * 4 + PCI_BASE_0]
        call    pci_read
        mov     r10d, eax
        and     r10, ~15
        test    al, 4
        jz      .narrow
        add     edi, 4
        call    pci_read
        shl     rax, 32
        or      r10, rax
.narrow:
        add     r10, r9
        mov     rax, r10
        and     rax, -PAGE
        or      rax, PTE_P | PTE_W | PTE_PCD
        mov     [window_table + rcx * 8], rax
        and     r10d, PAGE - 1
        mov     eax, ecx
        shl     eax, 12
        add     eax, WINDOW
        invlpg  [rax]
        add     rax, r10
        mov     [disk_registers + rcx * 8], rax
        cmp     ecx, DISK_NOTIFY
        jne     .other
        mov     edi, [rel disk_function]
        lea     edi, [rdi + rbx + 16]
        call    pci_read
        mov     [rel disk_multiplier], eax
.other:
        ret

; disk_start(esi = features, the lower half): resets the disk and brings it up as one of version 1; eax = its status.
; Clobbers rcx, rdi, r8.
global  disk_start
disk_start:
        call    clear_queue
        mov     r8, [disk_registers + DISK_COMMON * 8]
        mov     byte [r8 + COMMON_STATUS], 0
.reset:
        cmp     byte [r8 + COMMON_STATUS], 0
        jne     .reset
        mov     byte [r8 + COMMON_STATUS], STATUS_KNOWN
        mov     byte [r8 + COMMON_STATUS], STATUS_KNOWN | STATUS_DRIVER
        mov     dword [r8 + COMMON_ACCEPTED_HALF], 0
        mov     [r8 + COMMON_ACCEPTED], esi
        mov     dword [r8 + COMMON_ACCEPTED_HALF], 1
        mov     dword [r8 + COMMON_ACCEPTED], FEATURE_VERSION_1
        mov     byte [r8 + COMMON_STATUS], STATUS_KNOWN | STATUS_DRIVER | STATUS_AGREED
        mov     word [r8 + COMMON_QUEUE], 0
        mov     word [r8 + COMMON_QUEUE_SIZE], QUEUE_SIZE
        mov     dword [r8 + COMMON_DESCRIPTORS], DESCRIPTORS
        mov     dword [r8 + COMMON_DESCRIPTORS + 4], 0
        mov     dword [r8 + COMMON_AVAILABLE], AVAILABLE
        mov     dword [r8 + COMMON_AVAILABLE + 4], 0
        mov     dword [r8 + COMMON_USED], USED
        mov     dword [r8 + COMMON_USED + 4], 0
        mov     word [r8 + COMMON_QUEUE_ENABLE], 1
        movzx   eax, word [r8 + COMMON_QUEUE_NOTIFY]
        imul    eax, [rel disk_multiplier]
        add     rax, [disk_registers + DISK_NOTIFY * 8]
        mov     [rel disk_notify], rax
        mov     dword [rel disk_mask], QUEUE_SIZE - 1
        mov     byte [r8 + COMMON_STATUS], STATUS_KNOWN | STATUS_DRIVER | STATUS_AGREED | STATUS_READY
        movzx   eax, byte [r8 + COMMON_STATUS]
        ret

; disk_start_legacy(esi = features): the same by the ports of old; eax = the status, ecx = the queue's size
; clobbers rdx, rdi
global  disk_start_legacy
disk_start_legacy:
        call    clear_queue
        mov     qword [rel disk_notify], 0
        mov     edx, [rel disk_ports]
        add     edx, LEGACY_STATUS
        mov     al, 0
        out     dx, al
        mov     al, STATUS_KNOWN
        out     dx, al
        mov     al, STATUS_KNOWN | STATUS_DRIVER
        out     dx, al
        add     edx, LEGACY_ACCEPTED - LEGACY_STATUS
        mov     eax, esi
        out     dx, eax
        add     edx, LEGACY_QUEUE - LEGACY_ACCEPTED
        xor     eax, eax
        out     dx, ax
        add     edx, LEGACY_SIZE - LEGACY_QUEUE
        in      ax, dx
        movzx   ecx, ax
        lea     eax, [rcx - 1]
        mov     [rel disk_mask], eax
        add     edx, LEGACY_PAGE - LEGACY_SIZE
        mov     eax, DESCRIPTORS / PAGE
        out     dx, eax
        add     edx, LEGACY_STATUS - LEGACY_PAGE
        mov     al, STATUS_KNOWN | STATUS_DRIVER | STATUS_READY
        out     dx, al
        xor     eax, eax
        in      al, dx
        ret

; disk_close(): resets the disk, so that it asks for nothing any more; clobbers rax
global  disk_close
disk_close:
        mov     rax, [disk_registers + DISK_COMMON * 8]
        mov     byte [rax + COMMON_STATUS], 0
        ret

clear_queue:
        mov     edi, DESCRIPTORS
        mov     ecx, (REQUEST - DESCRIPTORS) / 8
        xor     eax, eax
        rep     stosq
        mov     [rel disk_offered], ax
        ret

; disk_ask(edi = type, rsi = sector, edx = bytes of data, or 0): makes the request's descriptors; clobbers rcx
global  disk_ask
disk_ask:
        mov     [REQUEST], edi
        mov     dword [REQUEST + 4], 0
        mov     [REQUEST + 8], rsi
        mov     byte [RESULT], NO_RESULT
        DESCRIBE DESCRIPTORS, 0, REQUEST, REQUEST_SIZE, NEXT, 2
        DESCRIBE DESCRIPTORS, 2, RESULT, 1, WRITE, 0
        test    edx, edx
        jz      .no_data
        mov     word [DESCRIPTORS + DESCRIPTOR_NEXT], 1
        mov     ecx, NEXT
        cmp     edi, DISK_WRITE
        je      .write
        mov     ecx, NEXT | WRITE
.write:
        DESCRIBE DESCRIPTORS, 1, DATA, edx, cx, 2
.no_data:
        ret

; disk_offer(edi = head): offers a chain and tells the device; clobbers rax, rcx, rdx
global  disk_offer
disk_offer:
        movzx   eax, word [rel disk_offered]
        mov     ecx, eax
        and     ecx, [rel disk_mask]
        mov     [AVAILABLE + RING_ENTRIES + rcx * 2], di
        inc     eax
        mov     [rel disk_offered], ax
        mov     [AVAILABLE + RING_INDEX], ax
        mfence
        mov     rcx, [rel disk_notify]
        test    rcx, rcx
        jz      .legacy
        mov     word [rcx], 0
        ret
.legacy:
        mov     edx, [rel disk_ports]
        add     edx, LEGACY_NOTIFY
        xor     eax, eax
        out     dx, ax
        ret

; disk_run(): offers chain 0 and waits until it is used; eax = its result, or -1 when the device does not answer
; clobbers rcx, rdx, rdi
global  disk_run
disk_run:
        xor     edi, edi
        call    disk_offer
        mov     ecx, MOST_POLLS
.poll:
        mov     ax, [USED + RING_INDEX]
        cmp     ax, [rel disk_offered]
        je      .used
        pause
        dec     ecx
        jnz     .poll
        mov     eax, -1
        ret
.used:
        movzx   eax, byte [RESULT]
        ret

; disk_interrupt(): eax = what the device asked for since this was last asked; clobbers rdx
global  disk_interrupt
disk_interrupt:
        cmp     qword [rel disk_notify], 0
        je      .legacy
        mov     rdx, [disk_registers + DISK_INTERRUPT * 8]
        movzx   eax, byte [rdx]
        ret
.legacy:
        mov     edx, [rel disk_ports]
        add     edx, LEGACY_INTERRUPT
        xor     eax, eax
        in      al, dx
        ret

section .rodata
no_disk_text:   db      "skip: no virtio disk", 10, 0

section .bss
align 8
global  disk_registers, disk_function, disk_ports
disk_registers: resb    KINDS * 8       ; by kind: where the structure is mapped
disk_notify:    resb    8               ; where to write, or 0: a legacy device's port
disk_function:  resb    4               ; its place on the bus
disk_ports:     resb    4
disk_multiplier: resb   4
disk_mask:      resb    4               ; entries of the queue less one
disk_offered:   resb    2
