(* ---------------------------------------------------------------- naturals as real numbers *)

Lemma nat_sum_real : forall (A : Type) (l : list A) f, INR (nat_sum l f) = sum l (fun a => INR (f a)).
Proof. intros A l f. induction l as [|a l IH]; [reflexivity|]. simpl. rewrite plus_INR, IH. reflexivity. Qed.

Lemma nat_prod_real : forall n f, INR (nat_prod n f) = prod n (fun i => INR (f i)).
Proof. intros n f. induction n as [|n IH]; [reflexivity|]. simpl nat_prod. rewrite mult_INR, IH. reflexivity. Qed.

Lemma bit_real : forall b, is_bit b -> INR (bit b) = b.
Proof. intros b [->| ->]; unfold bit; destruct (Req_EM_T _ 0) as [e|e]; simpl; lra. Qed.

Lemma alike_application : forall (A B : Type) (f g : A -> B) x y, f = g -> x = y -> f x = g y.
Proof. intros; subst; reflexivity. Qed.

Lemma alike_equal : forall a b c d, a = c -> b = d -> truth (Req_EM_T a b) = truth (Req_EM_T c d).
Proof. intros; subst; reflexivity. Qed.

Lemma alike_less : forall a b c d, a = c -> b = d -> truth (Rlt_dec a b) = truth (Rlt_dec c d).
Proof. intros; subst; reflexivity. Qed.

Lemma alike_at_most : forall a b c d, a = c -> b = d -> truth (Rle_dec a b) = truth (Rle_dec c d).
Proof. intros; subst; reflexivity. Qed.

Lemma alike_vectors : forall n a b c d, a = c -> b = d -> truth (agree n a b) = truth (agree n c d).
Proof. intros; subst; reflexivity. Qed.

Lemma alike_points : forall (P : Type) (same : forall a b : P, {a = b} + {a <> b}) a b c d,
  a = c -> b = d -> truth (same a b) = truth (same c d).
Proof. intros; subst; reflexivity. Qed.

Lemma mean_ext : forall (A : Type) (l : list A) f g, (forall a, In a l -> f a = g a) -> mean l f = mean l g.
Proof. intros A l f g h. unfold mean. rewrite (sum_ext A l f g h). reflexivity. Qed.

Lemma nat_sum_ext : forall (A : Type) (l : list A) f g,
  (forall a, In a l -> f a = g a) -> nat_sum l f = nat_sum l g.
Proof.
  intros A l f g h. apply INR_eq. rewrite !nat_sum_real. apply sum_ext. intros a ha. rewrite h; [reflexivity | exact ha].
Qed.

Lemma nat_prod_ext : forall n f g, (forall i, (i < n)%nat -> f i = g i) -> nat_prod n f = nat_prod n g.
Proof.
  intros n f g h. apply INR_eq. rewrite !nat_prod_real. apply prod_ext. intros i hi. rewrite h; [reflexivity | exact hi].
Qed.

(* Two terms of one shape that differ in places which the tactic ``leaf`` closes. *)
Ltac under_alike lemma go :=
  apply lemma; let a := fresh in intros a; let h := fresh in intros h; try apply (proj1 (index_in _ _)) in h; cbv beta; go.
Ltac alike leaf :=
  first
    [ reflexivity
    | leaf
    | lazymatch goal with
      | |- sum ?l _ = sum ?l _ => under_alike sum_ext ltac:(alike leaf)
      | |- mean ?l _ = mean ?l _ => under_alike mean_ext ltac:(alike leaf)
      | |- nat_sum ?l _ = nat_sum ?l _ => under_alike nat_sum_ext ltac:(alike leaf)
      | |- prod ?n _ = prod ?n _ => under_alike prod_ext ltac:(alike leaf)
      | |- nat_prod ?n _ = nat_prod ?n _ => under_alike nat_prod_ext ltac:(alike leaf)
      | |- build ?n _ = build ?n _ => under_alike build_ext ltac:(alike leaf)
      | |- truth (Req_EM_T _ _) = _ => apply alike_equal; alike leaf
      | |- truth (Rlt_dec _ _) = _ => apply alike_less; alike leaf
      | |- truth (Rle_dec _ _) = _ => apply alike_at_most; alike leaf
      | |- truth (agree _ _ _) = _ => apply alike_vectors; alike leaf
      | |- truth (?s _ _) = truth (?s _ _) => apply (alike_points _ s); alike leaf
      | |- (fun _ => _) = _ => let t := fresh in apply functional_extensionality; intros t; cbv beta; alike leaf
      | |- ?f ?x = ?g ?y => apply (alike_application _ _ f g x y); alike leaf
      end ].

(* A place where two terms differ, which an equation for all values closes. *)
Ltac place equation := solve [apply equation; first [assumption | lia]].

(* A natural in the reals on the left, what it is there on the right. *)
Ltac naturals := cbv beta; alike ltac:(idtac; natural)
with natural :=
  lazymatch goal with
  | |- INR (_ + _) = _ => rewrite plus_INR; naturals
  | |- INR (_ * _) = _ => rewrite mult_INR; naturals
  | |- INR (_ ^ _) = _ => rewrite pow_INR; naturals
  | |- INR (nat_sum _ _) = _ => rewrite nat_sum_real; naturals
  | |- INR (nat_prod _ _) = _ => rewrite nat_prod_real; naturals
  | |- INR (bit _) = _ => apply bit_real; is_a_bit
  | |- INR ?k = IZR _ => apply (INR_IZR_INZ k)
  end.

(* From the text of a claim to that of a premise at its values, and back. *)
Lemma cast_equal : forall a b c d : R, a = c -> b = d -> c = d -> a = b.
Proof. intros a b c d -> -> h. exact h. Qed.

Lemma said_equal : forall a b c d : R, c = d -> c = a -> d = b -> a = b.
Proof. intros a b c d h <- <-. exact h. Qed.

Lemma cast_at_most : forall a b c d : R, a = c -> b = d -> c <= d -> a <= b.
Proof. intros a b c d -> -> h. exact h. Qed.

Lemma said_at_most : forall a b c d : R, c <= d -> c = a -> d = b -> a <= b.
Proof. intros a b c d h <- <-. exact h. Qed.

Lemma cast_less : forall a b c d : R, a = c -> b = d -> c < d -> a < b.
Proof. intros a b c d -> -> h. exact h. Qed.

Lemma said_less : forall a b c d : R, c < d -> c = a -> d = b -> a < b.
Proof. intros a b c d h <- <-. exact h. Qed.

Lemma cast_unequal : forall a b c d : R, a = c -> b = d -> c <> d -> a <> b.
Proof. intros a b c d -> -> h. exact h. Qed.

Lemma said_unequal : forall a b c d : R, c <> d -> c = a -> d = b -> a <> b.
Proof. intros a b c d h <- <-. exact h. Qed.

(* ---------------------------------------------------------------- what denying the conclusion would give *)

Lemma deny_equal : forall a b : R, (a <> b -> 0 < 0) -> a = b.
Proof. intros a b h. destruct (Req_EM_T a b) as [e|e]; [exact e | exfalso; apply (Rlt_irrefl 0), h, e]. Qed.

Lemma deny_unequal : forall a b : R, (a = b -> 0 < 0) -> a <> b.
Proof. intros a b h e. apply (Rlt_irrefl 0), h, e. Qed.

Lemma deny_at_most : forall a b : R, (b < a -> 0 < 0) -> a <= b.
Proof. intros a b h. destruct (Rle_lt_dec a b) as [e|e]; [exact e | exfalso; apply (Rlt_irrefl 0), h, e]. Qed.

Lemma deny_less : forall a b : R, (b <= a -> 0 < 0) -> a < b.
Proof. intros a b h. destruct (Rlt_le_dec a b) as [e|e]; [exact e | exfalso; apply (Rlt_irrefl 0), h, e]. Qed.
