; The ways a request fails. A conditional jump to one of these ends the request with its
; text, so that checks read as one line each.

section .text.ninep

; -----------------------------------------------------------------------------
; ninep_fail_%{name} - end the request with Rerror
;
;   in        nothing
;   out       returns to ninep_serve's caller
;   clobbers  everything that ninep_serve restores
;   needs     r12 = session; nothing was changed that the reply would deny
;   probe     none
; -----------------------------------------------------------------------------
%macro FAILURE name, text
global  ninep_fail_%{name}
ninep_fail_%{name}:
        lea     rsi, [rel ninep_text_%{name}]
        jmp     ninep_error
section .rodata.ninep
ninep_text_%{name}:
        dw      ninep_text_%{name}_end - ninep_text_%{name} - 2
        db      %text
ninep_text_%{name}_end:
section .text.ninep
%endmacro

        FAILURE type, "unknown message type"
        FAILURE version, "no version agreed on"
        FAILURE malformed, "malformed message"
        FAILURE msize, "message size too small"
        FAILURE auth, "authentication not required"
        FAILURE tree, "no such tree"
        FAILURE user, "bad user name"
        FAILURE fid, "unknown fid"
        FAILURE fid_used, "fid in use"
        FAILURE fids, "too many fids"
        FAILURE names, "too many names in walk"
        FAILURE opened, "fid is open"
        FAILURE not_opened, "fid is not open for that"
        FAILURE removed, "file was removed"
        FAILURE not_found, "file does not exist"
        FAILURE not_directory, "not a directory"
        FAILURE directory, "is a directory"
        FAILURE permission, "permission denied"
        FAILURE owner, "not owner"
        FAILURE mode, "bad mode"
        FAILURE exclusive, "exclusive use file is open"
        FAILURE name, "bad file name"
        FAILURE exists, "file exists"
        FAILURE files, "too many files"
        FAILURE full, "no space"
        FAILURE offset, "bad offset in directory"
        FAILURE count, "count too small for an entry"
        FAILURE root, "root stays"
        FAILURE not_empty, "directory not empty"
        FAILURE fixed, "cannot be changed"
