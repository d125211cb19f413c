#pragma once
#include <openssl/cms.h>
#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/ts.h>
#include <openssl/x509.h>
#include <time.h>

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

// RFC 3161, in one call each: Swift sees bytes and a time, no OpenSSL object.

/// A time-stamp request for a SHA-256 in DER; the caller frees it with OPENSSL_free. 0 if OpenSSL fails.
static inline int copenssl_timestamp_request(
    const unsigned char *imprint, unsigned long long nonce, unsigned char **der) {
    int length = 0;
    TS_REQ *request = TS_REQ_new();
    TS_MSG_IMPRINT *message = TS_MSG_IMPRINT_new();
    X509_ALGOR *algorithm = X509_ALGOR_new();
    ASN1_INTEGER *number = ASN1_INTEGER_new();
    if (request && message && algorithm && number
        && X509_ALGOR_set0(algorithm, OBJ_nid2obj(NID_sha256), V_ASN1_NULL, NULL)
        && TS_MSG_IMPRINT_set_algo(message, algorithm)
        && TS_MSG_IMPRINT_set_msg(message, (unsigned char *)imprint, 32)
        && TS_REQ_set_version(request, 1) && TS_REQ_set_msg_imprint(request, message)
        && ASN1_INTEGER_set_uint64(number, nonce) && TS_REQ_set_nonce(request, number)
        && TS_REQ_set_cert_req(request, 1)) {
        length = i2d_TS_REQ(request, der);
    }
    ASN1_INTEGER_free(number);
    X509_ALGOR_free(algorithm);
    TS_MSG_IMPRINT_free(message);
    TS_REQ_free(request);
    return length > 0 ? length : 0;
}

/// Seconds since 1970 of a response's time stamp over `imprint`, under the roots of a PEM file; -1 if it is
/// no response, -2 if it grants none, -3 if the roots cannot be read, -4 if it is not valid or of other bytes.
static inline long long copenssl_timestamp_verify(
    const unsigned char *der, long length, const unsigned char *imprint, const char *roots) {
    long long seconds = -1;
    const unsigned char *place = der;
    TS_RESP *response = d2i_TS_RESP(NULL, &place, length);
    X509_STORE *store = X509_STORE_new();
    TS_VERIFY_CTX *context = TS_VERIFY_CTX_new();
    unsigned char *copy = OPENSSL_memdup(imprint, 32);
    if (response && store && context && copy) {
        TS_TST_INFO *info = TS_RESP_get_tst_info(response);
        struct tm civil;
        if (!info || !ASN1_TIME_to_tm(TS_TST_INFO_get_time(info), &civil)) {
            seconds = -2;
        } else if (!X509_STORE_load_file(store, roots)) {
            seconds = -3;
        } else {
            long long time = timegm(&civil);
            // The authority's certificate counts as of the stamp's time, so that stamps outlive it.
            X509_VERIFY_PARAM_set_time(X509_STORE_get0_param(store), (time_t)time);
            TS_VERIFY_CTX_set_flags(context, TS_VFY_VERSION | TS_VFY_SIGNATURE | TS_VFY_IMPRINT);
            TS_VERIFY_CTX_set_imprint(context, copy, 32);
            TS_VERIFY_CTX_set_store(context, store);
            copy = NULL;
            store = NULL;
            seconds = TS_RESP_verify_response(context, response) == 1 ? time : -4;
        }
    }
    OPENSSL_free(copy);
    X509_STORE_free(store);
    TS_VERIFY_CTX_free(context);
    TS_RESP_free(response);
    ERR_clear_error();
    return seconds;
}
