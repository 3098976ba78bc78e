; A place for one value, for one who puts and one who takes and sleeps while there is none.
; The sleeper says so first and looks again behind that, as a futex does: whoever puts either
; sees the flag or is seen. Both have a store and then a load of another word, which x86 may
; reorder, so both need a fence (SDM 3A 9.2.3.4).

%include "lib/list.inc"

PLACE_VALUE     equ     LIST_PUT                ; 0: none
PLACE_SLEEPS    equ     LIST_TAKE               ; 1: wake me

section .text

; -----------------------------------------------------------------------------
; list_make - make an empty place
;
;   in        rdi = LIST_BYTES bytes of zeros at a page; esi is not heeded: one value fits
;   out       nothing
;   clobbers  nothing
;   needs     nobody else uses it
;   probe     none
; -----------------------------------------------------------------------------
global  list_make
list_make:
        ret

; -----------------------------------------------------------------------------
; list_put - put a value and wake who sleeps
;
;   in        rdi = place, rsi = value, not 0
;   out       eax = 1, or 0 where it is full
;   clobbers  flags
;   needs     one CPU puts
;   probe     none
; -----------------------------------------------------------------------------
global  list_put
list_put:
        xor     eax, eax
        cmp     qword [rdi + PLACE_VALUE], 0
        jne     .full
        mov     [rdi + PLACE_VALUE], rsi
        mfence
        cmp     dword [rdi + PLACE_SLEEPS], 0
        je      .awake
        mov     dword [rdi + PLACE_SLEEPS], 0
.awake:
        inc     eax
.full:
        ret

; -----------------------------------------------------------------------------
; list_take - wait for a value and take it
;
;   in        rdi = place
;   out       eax = 1 and rdx = value
;   clobbers  flags
;   needs     one CPU takes
;   probe     lock_wait: it sleeps
; -----------------------------------------------------------------------------
global  list_take
list_take:
        mov     rdx, [rdi + PLACE_VALUE]
        test    rdx, rdx
        jnz     .there
        mov     dword [rdi + PLACE_SLEEPS], 1
        mfence
        cmp     qword [rdi + PLACE_VALUE], 0
        jne     .stay
.sleep:
        PROBE   lock_wait, rdi
        pause
        cmp     dword [rdi + PLACE_SLEEPS], 0
        jne     .sleep
        jmp     list_take
.stay:
        mov     dword [rdi + PLACE_SLEEPS], 0
        jmp     list_take
.there:
        mov     qword [rdi + PLACE_VALUE], 0
        mov     eax, 1
        ret
