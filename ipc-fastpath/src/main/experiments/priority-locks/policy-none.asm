; Nobody lends a priority.

%include "policy.inc"

section .text

        POLICY_NOTHING wait
        POLICY_NOTHING take
        POLICY_NOTHING give
        POLICY_NOTHING leave
