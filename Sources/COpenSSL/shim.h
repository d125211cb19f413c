#pragma once
#include <openssl/cms.h>
#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/x509.h>

// What OpenSSL offers as macros only.

static inline STACK_OF(X509) *copenssl_stack_of(X509 *certificate) {
    STACK_OF(X509) *stack = sk_X509_new_null();
    if (stack && !sk_X509_push(stack, certificate)) {
        sk_X509_free(stack);
        return NULL;
    }
    return stack;
}

static inline void copenssl_free_stack(STACK_OF(X509) *stack) { sk_X509_free(stack); }

static inline long copenssl_memory(BIO *bio, char **bytes) {
    return BIO_get_mem_data(bio, bytes);
}
